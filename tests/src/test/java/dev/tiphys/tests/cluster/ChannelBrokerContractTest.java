package dev.tiphys.tests.cluster;

import dev.tiphys.triggers.contract.Guarantees;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Knative's own Broker, over its channel in memory, keeps the contract. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by create
class ChannelBrokerContractTest extends KnativeBrokerContract {
  private static TestNamespace namespace;

  @BeforeAll
  static void create() {
    namespace = TestNamespace.create("contract-channel");
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
        .addToAnnotations("eventing.knative.dev/broker.class", "MTChannelBasedBroker")
        .endMetadata()
        .build();
  }

  @Override
  Map<String, String> triggerAnnotations() {
    return Map.of();
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KNATIVE_CHANNEL;
  }
}
