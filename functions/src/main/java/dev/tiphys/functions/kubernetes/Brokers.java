package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/** Where the namespace's Brokers take events. */
final class Brokers {
  /** Said here, so that the client need not ask the API server which kinds there are. */
  private static final ResourceDefinitionContext BROKER =
      new ResourceDefinitionContext.Builder()
          .withGroup("eventing.knative.dev")
          .withVersion("v1")
          .withKind("Broker")
          .withPlural("brokers")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;

  Brokers(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Where events are taken.
   *
   * @param audience whom a token has to be for that is asked for there; null: none is
   */
  record Address(String url, @Nullable String audience) {}

  /**
   * The Broker's address, which it has as soon as it is ready; or that of the Service that stands
   * in for one, which it has at once.
   *
   * @throws Unavailable if it has none yet
   */
  Address address(String broker) {
    return Marks.carrierAddress(broker, namespace)
        .map(url -> new Address(url, null))
        .orElseGet(() -> ofKnative(broker));
  }

  private Address ofKnative(String broker) {
    Answer<GenericKubernetesResource> answer =
        ApiCall.of(
            "Broker " + broker,
            () ->
                client
                    .genericKubernetesResources(BROKER)
                    .inNamespace(namespace)
                    .withName(broker)
                    .get());
    if (answer instanceof Answer.Done<GenericKubernetesResource>(var found)
        && found.get("status", "address", "url") instanceof String url) {
      return new Address(
          url, found.get("status", "address", "audience") instanceof String it ? it : null);
    }
    throw new Unavailable("Broker " + broker + " is not ready");
  }
}
