package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tiphys.triggers.contract.Guarantees;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Knative's Broker for Apache Kafka keeps the contract; left out where there is none. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by create
class KafkaBrokerContractTest extends KnativeBrokerContract {
  private static final String DISPATCHER = "kafka-broker-dispatcher";

  private static TestNamespace namespace;

  @BeforeAll
  static void create() {
    namespace = TestNamespace.create("contract-kafka");
    assumeThat(KnativeBrokerClass.KAFKA.isThere(namespace)).isTrue();
  }

  @AfterAll
  static void delete() {
    namespace.close();
  }

  @Override
  TestNamespace namespace() {
    return namespace;
  }

  @Override
  KnativeBrokerClass brokerClass() {
    return KnativeBrokerClass.KAFKA;
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KNATIVE_KAFKA;
  }

  @Override
  void restart() throws Exception {
    namespace.kill(namespace.knativePods(DISPATCHER));
    Wait.until(
        "the dispatcher is ready again",
        () -> namespace.knativePods(DISPATCHER).stream().anyMatch(Readiness::isPodReady));
  }
}
