package dev.tiphys.tests.cluster;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Tells when pods came to exist, by one watch whoever created them. */
final class SeenPods implements AutoCloseable, Watcher<Pod> {
  private static final int LIMIT_SECONDS = 60;

  private final Map<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();
  private final Watch watch;

  SeenPods(KubernetesClient client, String namespace) {
    watch = client.pods().inNamespace(namespace).watch(this);
  }

  /** Time, in nanoseconds of this JVM, at which a pod of that name was there. */
  long named(String name) throws Exception {
    return at("name " + name).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The same of the pod that an event with that number has started. */
  long takenBy(int number) throws Exception {
    return at("order " + number).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Long> at(String key) {
    return seen.computeIfAbsent(key, ignored -> new CompletableFuture<>());
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    long now = System.nanoTime();
    at("name " + pod.getMetadata().getName()).complete(now);
    String order = pod.getMetadata().getAnnotations().get(Marks.PARAMETER_PREFIX + "order");
    if (order != null && pod.getMetadata().getLabels().containsKey(Marks.RUN)) {
      at("order " + order).complete(now);
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    seen.values().forEach(waiting -> waiting.completeExceptionally(cause));
  }

  @Override
  public void close() {
    watch.close();
  }
}
