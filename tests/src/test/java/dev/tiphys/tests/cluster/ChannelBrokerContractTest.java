package dev.tiphys.tests.cluster;

import dev.tiphys.triggers.contract.Guarantees;
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
  KnativeBrokerClass brokerClass() {
    return KnativeBrokerClass.CHANNEL;
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KNATIVE_CHANNEL;
  }
}
