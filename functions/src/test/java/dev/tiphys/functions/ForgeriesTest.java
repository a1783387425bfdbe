package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForgeriesTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Forgeries forgeries = new Forgeries(() -> now);

  private static CloudEvent event(int id) {
    return CloudEventBuilder.v1()
        .withId("event-" + id)
        .withSource(URI.create("/me"))
        .withType("coin")
        .build();
  }

  @Test
  @DisplayName("A10: as many forgeries are remembered as there is room for")
  void theOldestIsForgotten() {
    // When
    for (int n = 0; n <= Forgeries.MAX; n++) {
      forgeries.add(event(n));
    }

    // Then
    assertThat(forgeries.known(event(0))).isFalse();
    assertThat(forgeries.known(event(1))).isTrue();
    assertThat(forgeries.known(event(Forgeries.MAX))).isTrue();
  }

  @Test
  @DisplayName("A10: a forgery is remembered for a while")
  void aForgeryIsForgottenAfterAWhile() {
    // Given
    forgeries.add(event(1));
    assertThat(forgeries.known(event(1))).isTrue();

    // When
    now = now.plus(Forgeries.KEPT).plusNanos(1);

    // Then
    assertThat(forgeries.known(event(1))).isFalse();
  }

  @Test
  void whatIsUndecidedKeepsTheTimeOfItsFirstSight() {
    // Given
    Instant first = forgeries.firstSeen(event(1));

    // When
    now = now.plusSeconds(5);

    // Then
    assertThat(forgeries.firstSeen(event(1))).isEqualTo(first);
    assertThat(forgeries.known(event(1))).isFalse();
  }
}
