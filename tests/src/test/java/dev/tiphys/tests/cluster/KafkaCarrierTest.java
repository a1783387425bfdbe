package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows whose events no Knative Broker carries; left out where there is no Kafka. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by deploy
class KafkaCarrierTest {
  private static TestNamespace namespace;
  private static Deployed tiphys;

  @TempDir Path folder;

  @BeforeAll
  static void deploy() throws Exception {
    namespace = TestNamespace.create("carrier");
    assumeThat(namespace.knativePods("kafka-broker-receiver")).as("Kafka").isNotEmpty();
    tiphys =
        new Deployed(
            namespace,
            "--pubsub=kafka",
            "--bootstrap-server=my-cluster-kafka-bootstrap.kafka:9092");
  }

  @AfterAll
  static void delete() {
    namespace.close();
  }

  @Test
  void flipsACoinUntilHeadsStopsIt() throws Exception {
    // When
    String run = tiphys.submitExample("coinflip.yaml");

    // Then
    assertThat(tiphys.succeeded(run).tasks())
        .contains("flip-coin 1 stopped")
        .containsPattern("heads \\d+ succeeded");
  }

  @Test
  void losesAndDoublesNothingWhenTheCarrierIsKilled() throws Exception {
    // Given
    String run = Numbers.underWay(tiphys, folder);

    // When
    namespace.kill(
        namespace.livePods().stream()
            .filter(pod -> pod.getMetadata().getName().contains("-carrier-"))
            .toList());

    // Then
    Numbers.assertAllTaken(tiphys, run);
  }
}
