package dev.tiphys.functions.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"{\"goods\": 1.10}", "", "{\n  \"a\" : 1\n}", "Zoë \u0007 \uD83D\uDE00"})
  void aLineGivesBackEachByteThatWasSigned(String data) {
    // Given
    DeadLetter letter = letter(LetterWorld.outside("1", data));

    // When
    String line = letter.line();

    // Then
    assertThat(line).matches("\\p{Print}+");
    assertThat(DeadLetter.read(line)).hasValue(letter);
    assertThat(data(DeadLetter.read(line).orElseThrow())).isEqualTo(data(letter));
  }

  @Test
  void aLineGivesBackAnEventWithoutData() {
    // Given
    CloudEvent bare = CloudEventBuilder.from(LetterWorld.claimed("1")).withoutData().build();

    // When // Then
    assertThat(DeadLetter.read(letter(bare).line()).orElseThrow().event()).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "no JSON", "{\"letter\": \"1\", \"event\": {}}"})
  void whatIsNoLetterIsReadAsNone(String line) {
    assertThat(DeadLetter.read(line)).isEmpty();
  }

  @Test
  void theSameEventThatWasRefusedForAnotherReasonIsAnotherLetter() {
    // Given
    CloudEvent event = LetterWorld.outside("1");

    // When
    String first = letter(event).name();
    String second = DeadLetter.of(event, new Refusal(410, "late", ""), "coinflip", "", NOW).name();

    // Then
    assertThat(second).isNotEqualTo(first);
  }

  private static byte[] data(DeadLetter letter) {
    return Objects.requireNonNull(letter.event().getData()).toBytes();
  }

  private static DeadLetter letter(CloudEvent event) {
    return DeadLetter.of(event, LetterWorld.REFUSAL, "coinflip", "", NOW);
  }
}
