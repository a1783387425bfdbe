package dev.tiphys.tests.cluster;

import java.time.Duration;
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
      tiphys.succeeded(run);

      // When
      Wait.until(
          "no pod runs", A_MINUTE, () -> namespace.livePods().isEmpty(), namespace::livePods);

      // Then
      String next = tiphys.submitExample("hello-events.yaml");
      tiphys.succeeded(next);
    }
  }
}
