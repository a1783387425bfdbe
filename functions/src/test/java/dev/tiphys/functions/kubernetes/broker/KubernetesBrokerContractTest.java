package dev.tiphys.functions.kubernetes.broker;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.Guarantees;
import dev.tiphys.triggers.contract.Served;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The broker over the API server keeps the contract; the types of our objects are installed. */
@Tag("cluster")
class KubernetesBrokerContractTest extends BrokerContract {
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE =
      "tiphys-broker-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void prepare() {
    CLIENT
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
  }

  @AfterAll
  static void cleanUp() {
    CLIENT.namespaces().withName(NAMESPACE).delete();
    CLIENT.close();
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KUBERNETES;
  }

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    String name = "b" + UUID.randomUUID().toString().substring(0, 8);
    return new Served(
        scheduler -> {
          KubernetesBroker broker =
              KubernetesBroker.open(
                  triggers,
                  Served.finding(subscribers),
                  scheduler,
                  CLIENT,
                  BrokerSettings.of(NAMESPACE, name),
                  BrokerEvents.NONE);
          return new Served.Opened(broker, broker::close);
        });
  }
}
