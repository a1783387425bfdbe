package dev.tiphys.tests.cluster;

import io.fabric8.knative.pkg.apis.Condition;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Knative's own sample of a consumer of events, a small program in Go, as a Knative Service. */
final class KnativeSample {
  private static final String NAME = "event-display";
  private static final String IMAGE = "dev.local/eventing/event-display:local";

  private final TestNamespace namespace;

  private KnativeSample(TestNamespace namespace) {
    this.namespace = namespace;
  }

  /** Deploys it, scaled as the functions are, and waits until it is ready. */
  static KnativeSample deploy(TestNamespace namespace) throws Exception {
    Service service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace.name())
            .addToLabels("networking.knative.dev/visibility", "cluster-local")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewMetadata()
            .withAnnotations(Map.of("autoscaling.knative.dev/window", "10s"))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withImage(IMAGE)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    namespace.client().resource(service).create();
    KnativeSample sample = new KnativeSample(namespace);
    Wait.until(NAME + " is ready", () -> sample.ready());
    return sample;
  }

  private boolean ready() {
    Service found = found();
    return found.getStatus() != null
        && found.getStatus().getUrl() != null
        && ready(found.getStatus().getConditions());
  }

  /** Whether the conditions of an object of Knative's say that it is ready. */
  static boolean ready(List<Condition> conditions) {
    return conditions.stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  URI address() {
    return URI.create(Objects.requireNonNull(found().getStatus().getUrl()) + "/");
  }

  private Service found() {
    return Objects.requireNonNull(
        namespace
            .client()
            .resources(Service.class)
            .inNamespace(namespace.name())
            .withName(NAME)
            .get());
  }
}
