package dev.tiphys.sidecars.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void acceptsAnySuccess(int status) {
    assertThat(Answer.of(status)).isInstanceOf(Answer.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 408, 409, 429, 500, 502, 503, 504})
  void triesAgainWhatKnativeTriesAgain(int status) {
    assertThat(Answer.of(status)).isInstanceOf(Answer.Later.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void triesAgainWhatIsSaidOfTheSenderAndNotOfTheEvent(int status) {
    assertThat(Answer.of(status)).isInstanceOf(Answer.Later.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 402, 405, 413, 415})
  void takesAnythingElseForARefusal(int status) {
    assertThat(Answer.of(status)).isEqualTo(new Answer.Refused(status));
  }
}
