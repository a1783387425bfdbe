package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/** A namespace's Triggers, as far as the functions ask for them. */
final class Triggers {
  /** Said here, so that the client need not ask the API server which kinds there are. */
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("eventing.knative.dev")
          .withVersion("v1")
          .withKind("Trigger")
          .withPlural("triggers")
          .withNamespaced(true)
          .build();

  private Triggers() {}

  /**
   * Those with all of these labels.
   *
   * @throws Unavailable if the API server cannot tell
   */
  static List<GenericKubernetesResource> with(
      KubernetesClient client, String namespace, Map<String, String> labels) {
    Answer<GenericKubernetesResourceList> answer =
        ApiCall.of(
            "Triggers",
            () ->
                client
                    .genericKubernetesResources(KIND)
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list());
    if (answer instanceof Answer.Done<GenericKubernetesResourceList>(var list)) {
      return list.getItems();
    }
    throw new Unavailable("the Triggers cannot be listed");
  }
}
