package dev.tiphys.triggers.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeaderValueTest {
  @Property
  void isReadAsItWasWritten(@ForAll("texts") String value) {
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

  @Example
  void leavesAloneWhatIsNoEncoding() {
    assertThat(HeaderValue.decode("100% sure, 5%x, %")).isEqualTo("100% sure, 5%x, %");
  }

  @Provide
  Arbitrary<String> texts() {
    // whole characters only: half a surrogate pair has no UTF-8
    return Arbitraries.strings()
        .withCharRange('\0', '\ud7ff')
        .withChars("%\" \u20ac")
        .ofMaxLength(20);
  }
}
