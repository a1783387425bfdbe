package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tiphys.triggers.contract.Guarantees;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Knative's Broker for Apache Kafka keeps the contract; left out where there is none. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by create
class KafkaBrokerContractTest extends KnativeBrokerContract {
  private static TestNamespace namespace;

  @BeforeAll
  static void create() {
    namespace = TestNamespace.create("contract-kafka");
    assumeThat(namespace.knativePods("kafka-broker-receiver")).isNotEmpty();
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
  Broker broker(String name) {
    return new BrokerBuilder()
        .withNewMetadata()
        .withName(name)
        .addToAnnotations("eventing.knative.dev/broker.class", "Kafka")
        .endMetadata()
        .withNewSpec()
        .withNewConfig()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withNamespace("knative-eventing")
        .withName("kafka-broker-config")
        .endConfig()
        .endSpec()
        .build();
  }

  @Override
  Map<String, String> triggerAnnotations() {
    return Map.of("kafka.eventing.knative.dev/delivery.order", "ordered");
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KNATIVE_KAFKA;
  }

  @Override
  void restart() throws Exception {
    restart("kafka-broker-dispatcher");
  }
}
