package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where our pods may be reached, on a network that heeds NetworkPolicy. A second line behind
 * tokens: whoever reaches the gateway of Knative Serving reaches the functions through it.
 */
final class NetworkRules {
  /** Label that Kubernetes gives each namespace. */
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /**
   * Where the Brokers' data planes, the activator and the autoscaler are, and the gateways that
   * Knative Serving documents. The kubelet of a pod's node is let in everywhere.
   */
  private static final List<String> KNATIVE =
      List.of(
          "contour-internal",
          "istio-system",
          "knative-eventing",
          "knative-serving",
          "kourier-system");

  private NetworkRules() {}

  /** Of the functions and of the run watcher. */
  static List<HasMetadata> of(Options options) {
    return List.of(functions(options), watcher(options));
  }

  private static NetworkPolicy functions(Options options) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata("tiphys-functions", "functions", options))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(component("functions"))
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .addNewIngress()
        .addNewFrom()
        .withNewNamespaceSelector()
        .addNewMatchExpression()
        .withKey(NAMESPACE_NAME)
        .withOperator("In")
        .withValues(KNATIVE)
        .endMatchExpression()
        .endNamespaceSelector()
        .endFrom()
        .endIngress()
        .endSpec()
        .build();
  }

  /** Nobody calls it but Prometheus, and where that is its owner has to say. */
  private static NetworkPolicy watcher(Options options) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata(Marks.WATCHER, "watcher", options))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(component("watcher"))
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .endSpec()
        .build();
  }

  private static Map<String, String> component(String name) {
    return new TreeMap<>(
        Map.of("app.kubernetes.io/name", "tiphys", "app.kubernetes.io/component", name));
  }

  private static ObjectMeta metadata(String name, String component, Options options) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(options.namespace())
        .withLabels(Labels.shared(component))
        .build();
  }
}
