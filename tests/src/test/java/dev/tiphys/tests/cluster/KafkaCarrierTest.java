package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Kafka keeps the events; left out where there is none. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by deploy
class KafkaCarrierTest extends CarriedRuns {
  private static TestNamespace namespace;
  private static Deployed tiphys;

  @BeforeAll
  static void deploy() throws Exception {
    namespace = TestNamespace.create("carrier-kafka");
    assumeThat(KnativeBrokerClass.KAFKA.isThere(namespace)).as("Kafka").isTrue();
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

  @Override
  Deployed tiphys() {
    return tiphys;
  }

  @Override
  TestNamespace namespace() {
    return namespace;
  }
}
