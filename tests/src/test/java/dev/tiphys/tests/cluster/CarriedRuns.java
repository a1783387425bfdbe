package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows whose events no Knative Broker carries. */
abstract class CarriedRuns {
  @TempDir Path folder;

  /** Deployed with a carrier of ours. */
  abstract Deployed tiphys();

  abstract TestNamespace namespace();

  @Test
  void startsTasksByTheEventsOfTasksThatEventsHaveStarted() throws Exception {
    // When
    String run = tiphys().submitExample("chain.yaml");

    // Then
    assertThat(tiphys().succeeded(run).tasks()).contains("send 3 succeeded");
  }

  @Test
  void losesAndDoublesNothingWhenTheCarrierIsKilled() throws Exception {
    // Given
    String run = Numbers.underWay(tiphys(), folder);

    // When
    namespace()
        .kill(
            namespace().livePods().stream()
                .filter(pod -> pod.getMetadata().getName().contains("-carrier-"))
                .toList());

    // Then
    Numbers.assertAllTaken(tiphys(), run);
  }
}
