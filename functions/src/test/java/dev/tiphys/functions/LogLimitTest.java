package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LogLimit limit = new LogLimit(() -> now);
  private final List<String> lines = new ArrayList<>();

  private void admit(String cause) {
    limit.admit(cause, more -> lines.add(cause + more));
  }

  @Test
  void logsACauseOnceAMinuteAndHowOftenItWasHeldBack() {
    // Given
    admit("a");
    admit("a");
    admit("a");

    // When
    now = now.plusSeconds(60);
    admit("a");
    admit("a");

    // Then
    assertThat(lines).containsExactly("a", "a (and 2 more before)");
  }

  @Test
  void causesDoNotHoldEachOtherBack() {
    // When
    admit("a");
    admit("b");

    // Then
    assertThat(lines).containsExactly("a", "b");
  }

  @Test
  void causesBeyondItsMemoryCountAsOne() {
    // Given
    for (int n = 0; n < LogLimit.CAUSES_MAX; n++) {
      admit("known " + n);
    }
    lines.clear();

    // When
    admit("new");
    admit("newer");

    // Then
    assertThat(lines).containsExactly("new");
  }

  @Test
  void whatASenderWroteIsCutToALengthThatALineCanBear() {
    assertThat(LogLimit.shown("short")).isEqualTo("short");
    assertThat(LogLimit.shown("x".repeat(60_000))).hasSize(200).endsWith("x…");
  }
}
