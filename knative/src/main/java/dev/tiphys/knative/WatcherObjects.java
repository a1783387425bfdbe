package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The run watcher's Deployment and what it may do; one for all workflows of a namespace. */
final class WatcherObjects {
  private static final String COMPONENT = "watcher";

  private final Options options;

  WatcherObjects(Options options) {
    this.options = options;
  }

  /** In the order in which they need one another. */
  List<HasMetadata> all() {
    return Stream.concat(
            new Account(
                    metadata(),
                    options.authorize()
                        ? Permissions.ofAuthorizedWatcher()
                        : Permissions.ofWatcher())
                .objects().stream(),
            Stream.of(deployment()))
        .toList();
  }

  /**
   * Without {@code replicas}: {@code begin} and the watcher itself set them, and applying the
   * object for another workflow must not put a watcher to sleep that has runs to watch.
   */
  private Deployment deployment() {
    Map<String, String> selector = new TreeMap<>();
    selector.put("app.kubernetes.io/name", "tiphys");
    selector.put("app.kubernetes.io/component", COMPONENT);
    return new DeploymentBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withRevisionHistoryLimit(1)
        .withNewSelector()
        .withMatchLabels(selector)
        .endSelector()
        // two watchers would do no harm, but twice the work
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.shared(COMPONENT))
        .withAnnotations(Scraping.ANNOTATIONS)
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(Marks.WATCHER)
        .withEnableServiceLinks(false)
        .withContainers(container())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Container container() {
    return SidecarsProgram.container(COMPONENT, options.images().sidecars())
        .withEnv(SidecarsProgram.namespace(), metricsPort())
        .addNewPort()
        .withName("metrics")
        .withContainerPort(Scraping.PORT)
        .endPort()
        .withResources(SidecarsProgram.resources("20m", "96Mi", "256Mi"))
        .build();
  }

  private static EnvVar metricsPort() {
    return new EnvVar("TIPHYS_METRICS_PORT", Integer.toString(Scraping.PORT), null);
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withName(Marks.WATCHER)
        .withNamespace(options.namespace())
        .withLabels(Labels.shared(COMPONENT))
        .build();
  }
}
