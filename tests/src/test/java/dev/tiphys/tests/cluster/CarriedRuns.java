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
  void flipsACoinUntilHeadsStopsIt() throws Exception {
    // When
    String run = tiphys().submitExample("coinflip.yaml");

    // Then
    assertThat(tiphys().succeeded(run).tasks())
        .contains("flip-coin 1 stopped")
        .containsPattern("heads \\d+ succeeded");
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
