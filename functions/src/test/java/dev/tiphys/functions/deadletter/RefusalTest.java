package dev.tiphys.functions.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker says of an event that it gave up on. */
class RefusalTest {
  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"Unprocessable\",\"status\":422,"
          + "\"detail\":\"the field `goods` is Zoë's\"}";

  @ParameterizedTest
  @ValueSource(strings = {"gone", "no such field", "aaaa", "{\"detail\": 1}"})
  void anAnswerThatIsATextIsKeptAsItIs(String answer) {
    assertThat(refusal("422", answer).reason()).isEqualTo(answer);
  }

  @Test
  void ofAProblemItsDetailIsKept() {
    assertThat(refusal("422", PROBLEM).reason()).isEqualTo("the field `goods` is Zoë's");
  }

  @Test
  void whatKnativeHasWrittenInBase64IsRead() {
    assertThat(refusal("422", base64(PROBLEM)).reason()).isEqualTo("the field `goods` is Zoë's");
  }

  @Test
  void whatKnativeHasCutOffIsReadAsFarAsItGoes() {
    // Given: the second byte of an ë is missing
    String cut =
        base64(PROBLEM).substring(0, base64(PROBLEM.substring(0, PROBLEM.indexOf('ë'))).length());

    // When // Then
    assertThat(refusal("422", cut).reason()).startsWith("the field `goods` is Zo");
  }

  @ParameterizedTest
  @CsvSource({"422, 422", "0422, 0", "x, 0", "999, 0", "'', 0"})
  void aStatusIsOneOfHttpsOrNone(String code, int status) {
    assertThat(refusal(code, "no").status()).isEqualTo(status);
  }

  @Test
  void whatAnybodyWritesThereIsCut() {
    assertThat(refusal("422", "no! ".repeat(1_000)).reason()).hasSizeLessThanOrEqualTo(1_024);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Refusal refusal(String code, String answer) {
    return Refusal.of(
        CloudEventBuilder.from(LetterWorld.outside("1"))
            .withExtension("knativeerrorcode", code)
            .withExtension("knativeerrordata", answer)
            .build());
  }
}
