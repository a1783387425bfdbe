package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Nothing of ours runs when nothing happens. */
@ClusterTest
class IdleTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Test
  void nothingRunsAMinuteAfterTheLastRunAndTheNextEventWakesIt() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("idle")) {
      // Given
      Deployed tiphys = new Deployed(namespace);
      String run = tiphys.submitExample("hello-events.yaml");
      assertThat(Objects.requireNonNull(tiphys.end(run).getStatus()).phase())
          .isEqualTo("Succeeded");

      // When
      Wait.until(
          "no pod runs", A_MINUTE, () -> namespace.livePods().isEmpty(), namespace::livePods);

      // Then
      String next = tiphys.submitExample("hello-events.yaml");
      assertThat(Objects.requireNonNull(tiphys.end(next).getStatus()).phase())
          .isEqualTo("Succeeded");
    }
  }
}
