package dev.tiphys.functions.kubernetes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Progress progress =
      new Progress(new BrokerSettings("shop", "events", 2, 1, Duration.ofMinutes(10)));

  @Test
  void beginsAnEventOnce() {
    assertThat(progress.begin("a", List.of("one"))).isTrue();
    assertThat(progress.begin("a", List.of("one"))).isFalse();
  }

  @Test
  void endsWithTheLastTrigger() {
    // Given
    progress.begin("a", List.of("one", "two"));

    // When
    boolean first = progress.end("a", "two", NOW);
    boolean second = progress.end("a", "one", NOW);

    // Then
    assertThat(first).isFalse();
    assertThat(second).isTrue();
  }

  @Test
  void knowsAnEventThatAllAreDoneWith() {
    // Given
    progress.begin("a", List.of("one"));
    progress.end("a", "one", NOW);

    // Then
    assertThat(progress.begin("a", List.of("one"))).isFalse();
  }

  @Test
  void beginsNothingThatAllWereDoneWithBefore() {
    assertThat(progress.begin("a", List.of())).isFalse();
    assertThat(progress.full()).isFalse();
  }

  @Test
  void isFullWhileSoManyAreOpen() {
    // Given
    progress.begin("a", List.of("one"));
    progress.begin("b", List.of("one"));
    boolean before = progress.full();

    // When
    progress.end("a", "one", NOW);

    // Then
    assertThat(before).isTrue();
    assertThat(progress.full()).isFalse();
  }

  @Test
  void letsGoWhatWasKeptLongEnough() {
    // Given
    progress.begin("a", List.of("one"));
    progress.end("a", "one", NOW);

    // Then
    assertThat(progress.expired(NOW.plusSeconds(600))).isEmpty();
    assertThat(progress.expired(NOW.plusSeconds(601))).containsExactly("a");
  }

  @Test
  void letsTheOldestGoAboveTheBound() {
    // Given
    for (String event : List.of("a", "b")) {
      progress.begin(event, List.of("one"));
      progress.end(event, "one", NOW);
    }

    // Then
    assertThat(progress.expired(NOW)).containsExactly("a");
  }

  @Test
  void forgetsWhatIsGone() {
    // Given
    progress.begin("a", List.of("one"));
    progress.end("a", "one", NOW);

    // When
    progress.gone("a");

    // Then
    assertThat(progress.begin("a", List.of("one"))).isTrue();
  }
}
