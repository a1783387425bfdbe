package dev.tiphys.tests.cluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The API server keeps the events. */
@ClusterTest
@SuppressWarnings("NullAway.Init") // by deploy
class KubernetesCarrierTest extends CarriedRuns {
  private static TestNamespace namespace;
  private static Deployed tiphys;

  @BeforeAll
  static void deploy() throws Exception {
    namespace = TestNamespace.create("carrier-kubernetes");
    tiphys = new Deployed(namespace, "--pubsub=kubernetes");
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
