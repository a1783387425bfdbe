package dev.tiphys.knative;

import static java.util.Objects.requireNonNull;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The functions' Knative Services and what they may do. All workflows of a namespace share them, so
 * nothing in them names a workflow: applied again for another one they stay as they are.
 */
final class FunctionsObjects {
  private static final String COMPONENT = "functions";

  /**
   * How long no event has to come before the last pod goes. Knative's default of 60 s would keep it
   * for minutes; a later event costs one cold start.
   */
  private static final String STABLE_WINDOW = "10s";

  /**
   * In seconds. Knative gives a pod as long to end as a request may take, five minutes by default,
   * and so long would its namespace take to go. What takes longer is delivered again.
   */
  private static final long REQUEST_LIMIT = 30;

  private static final Map<String, String> AUTOSCALING =
      Map.of(
          "autoscaling.knative.dev/min-scale", "0",
          "autoscaling.knative.dev/max-scale", "10",
          "autoscaling.knative.dev/window", STABLE_WINDOW);

  /** Events come from the Broker, inside the cluster; nobody else has business with a function. */
  private static final Map.Entry<String, String> CLUSTER_LOCAL =
      Map.entry("networking.knative.dev/visibility", "cluster-local");

  private final Options options;

  FunctionsObjects(Options options) {
    this.options = options;
  }

  /** In the order in which they need one another. */
  List<HasMetadata> all() {
    return FunctionService.of(options.split()).stream()
        .flatMap(
            function ->
                Stream.concat(
                    new Account(
                            metadata(function).build(),
                            Permissions.of(function.reactions(), options.authorize()))
                        .objects().stream(),
                    Stream.of(service(function))))
        .toList();
  }

  private Service service(FunctionService function) {
    ObjectMeta metadata =
        metadata(function).addToLabels(CLUSTER_LOCAL.getKey(), CLUSTER_LOCAL.getValue()).build();
    return new ServiceBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.shared(COMPONENT))
        .withAnnotations(AUTOSCALING)
        .addToAnnotations(Scraping.ANNOTATIONS)
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(function.name())
        .withTimeoutSeconds(REQUEST_LIMIT)
        .withContainers(container(function))
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Container container(FunctionService function) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(COMPONENT)
            .withImage(options.images().functions())
            .withNewResources()
            // it lives in about 140 MB
            .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("160Mi")))
            .withLimits(Map.of("memory", new Quantity("384Mi")))
            .endResources()
            .withNewReadinessProbe()
            .withNewHttpGet()
            .withPath("/healthz")
            .endHttpGet()
            .endReadinessProbe()
            .withNewLivenessProbe()
            .withNewHttpGet()
            .withPath("/livez")
            .endHttpGet()
            .withPeriodSeconds(10)
            .withFailureThreshold(6)
            .endLivenessProbe()
            .withSecurityContext(Restricted.container());
    container.addNewEnv().withName("TIPHYS_CLUSTER").withValue("kubernetes").endEnv();
    container
        .addNewEnv()
        .withName("TIPHYS_SIDECARS_IMAGE")
        .withValue(options.images().sidecars())
        .endEnv();
    if (options.authorize()) {
      container
          .addNewEnv()
          .withName("TIPHYS_AUDIENCE")
          .withValue(Audience.ofService(requireNonNull(options.namespace()), function.name()))
          .endEnv();
    }
    return container.build();
  }

  private ObjectMetaBuilder metadata(FunctionService function) {
    return new ObjectMetaBuilder()
        .withName(function.name())
        .withNamespace(options.namespace())
        .withLabels(Labels.shared(COMPONENT));
  }
}
