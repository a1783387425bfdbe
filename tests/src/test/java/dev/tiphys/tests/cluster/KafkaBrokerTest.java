package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same manifests over Knative's Broker for Apache Kafka; left out where there is none. */
@ClusterTest
class KafkaBrokerTest {
  private static final String DISPATCHER = "kafka-broker-dispatcher";

  @TempDir Path folder;

  @Test
  void flipsACoinUntilHeadsStopsIt() throws Exception {
    try (TestNamespace namespace = withKafka("kafka")) {
      // Given
      Deployed tiphys = overKafka(namespace);

      // When
      String run = tiphys.submitExample("coinflip.yaml");

      // Then
      assertThat(tiphys.succeeded(run).tasks())
          .contains("flip-coin 1 stopped")
          .containsPattern("heads \\d+ succeeded");
    }
  }

  @Test
  void losesAndDoublesNothingWhenItsDispatcherIsKilled() throws Exception {
    try (TestNamespace namespace = withKafka("kafka-faults")) {
      // Given
      Deployed tiphys = overKafka(namespace);
      String run = Numbers.underWay(tiphys, folder);

      // When
      namespace.kill(namespace.knativePods(DISPATCHER));

      // Then
      Numbers.assertAllTaken(tiphys, run);
    }
  }

  private static Deployed overKafka(TestNamespace namespace) throws Exception {
    return new Deployed(namespace, "--broker-class=Kafka");
  }

  private static TestNamespace withKafka(String purpose) {
    TestNamespace namespace = TestNamespace.create(purpose);
    if (namespace.knativePods("kafka-broker-receiver").isEmpty()) {
      namespace.close();
      assumeThat(false).as("a Broker for Apache Kafka").isTrue();
    }
    return namespace;
  }
}
