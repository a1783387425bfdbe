package dev.tiphys.triggers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.CharacterCodingException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
  @Property
  void isReadAsItWasWritten(@ForAll("texts") String value) throws Exception {
    assertThat(HeaderValue.decode(HeaderValue.encode(value))).isEqualTo(value);
  }

  @Property
  void holdsPrintableAsciiOnly(@ForAll("texts") String value) {
    assertThat(HeaderValue.encode(value)).matches("[!-~&&[^\"]]*");
  }

  @Example
  void isEncodedAsTheSpecificationsExampleIs() {
    assertThat(HeaderValue.encode("Euro \u20ac \ud83d\ude00"))
        .isEqualTo("Euro%20%E2%82%AC%20%F0%9F%98%80");
  }

  /** Each with a character for a byte, as a server has it. */
  @ParameterizedTest
  @DisplayName("C2: a header is decoded as the binding says")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          100% sure, 5%x, %          | 100% sure, 5%x, %
          %zz%2                      | %zz%2
          Euro%20%e2%82%ac           | Euro \u20ac
          %41%62c                    | Abc
          50%2520off                 | 50%20off
          "two words"                | two words
          "a \\"b\\" \\\\ %41"        | a "b" \\ A
          ""                         | ``
          "open                      | "open
          say "hi"                   | say "hi"
          gr\u00c3\u00b6\u00c3\u009fe | gr\u00f6\u00dfe
          """)
  void isDecodedAsTheBindingSays(String header, String value) throws Exception {
    assertThat(HeaderValue.decode(header)).isEqualTo(value);
  }

  @ParameterizedTest
  @DisplayName("C2: bytes that are not UTF-8 are refused")
  @ValueSource(
      strings = {"%C0%A0", "%FF", "%E2%82", "%ED%A0%80", "%e2%82x", "gr\u00f6\u00dfe", "\u00e2%82"})
  void refusesBytesThatAreNotUtf8(String header) {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> HeaderValue.decode(header));
  }

  @Example
  void doesNotEncodeHalfACharacter() {
    assertThatIllegalArgumentException().isThrownBy(() -> HeaderValue.encode("party \ud83c"));
  }

  @Provide
  Arbitrary<String> texts() {
    // whole characters only: half a surrogate pair has no UTF-8
    return Arbitraries.strings()
        .withCharRange('\0', '\ud7ff')
        .withChars("%\" \\\u20ac")
        .ofMaxLength(20)
        .map(text -> text + "\ud83d\ude00");
  }
}
