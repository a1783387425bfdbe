package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the namespace itself. It ends the watcher too, which is the last that could take our
 * finalizer off task pods: with it on, neither they nor the namespace would ever go.
 */
final class NamespaceEnd {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceEnd.class);

  /** Less than the watcher's own grace period of 30 s. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KubernetesClient client;
  private final String namespace;
  private final ClusterFinalizers finalizers;
  private final InstantSource clock;

  NamespaceEnd(
      KubernetesClient client,
      String namespace,
      ClusterFinalizers finalizers,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.finalizers = finalizers;
    this.clock = clock;
  }

  /** Lets all task pods go if the namespace is being deleted; takes 20 s at most. */
  void letGo() throws InterruptedException {
    var deadline = clock.instant().plus(LIMIT);
    while (clock.instant().isBefore(deadline) && !letGoOnce()) {
      Thread.sleep(PAUSE);
    }
  }

  /** Whether nothing is left to be done. */
  private boolean letGoOnce() {
    try {
      Namespace found = client.namespaces().withName(namespace).get();
      if (found != null && found.getMetadata().getDeletionTimestamp() == null) {
        return true;
      }
      List<TaskPod> held =
          client.pods().inNamespace(namespace).withLabel(Marks.RUN).list().getItems().stream()
              .filter(NamespaceEnd::held)
              .flatMap(pod -> PodReading.of(pod).stream())
              .toList();
      held.forEach(finalizers::takeOff);
      return held.isEmpty();
    } catch (KubernetesClientException e) {
      LOG.warn("task pods cannot be let go now", e);
      return false;
    }
  }

  private static boolean held(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(Marks.FINALIZER);
  }
}
