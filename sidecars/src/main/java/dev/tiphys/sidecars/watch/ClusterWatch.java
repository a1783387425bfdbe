package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Shows the watcher the runs and task pods of a namespace: all that are there, then what changes,
 * and from time to time all of it again. After a gap it lists anew, so nothing is overlooked.
 */
final class ClusterWatch {
  /** How often everything is looked at again, for what could not be done at the first sight. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** Objects per answer to a list, so that no answer is large. */
  private static final long PAGE = 200;

  private final SharedIndexInformer<WorkflowRun> runs;
  private final SharedIndexInformer<Pod> pods;

  private ClusterWatch(SharedIndexInformer<WorkflowRun> runs, SharedIndexInformer<Pod> pods) {
    this.runs = runs;
    this.pods = pods;
  }

  /** Begins, runs first: a pod means nothing without its run. */
  static ClusterWatch start(
      KubernetesClient client, String namespace, RunWatch watch, ObjectWatches objects) {
    ClusterWatch shown =
        new ClusterWatch(
            client
                .resources(WorkflowRun.class)
                .inNamespace(namespace)
                .withLimit(PAGE)
                .runnableInformer(AGAIN.toMillis()),
            client
                .pods()
                .inNamespace(namespace)
                .withLabel(Marks.RUN)
                .withLimit(PAGE)
                .runnableInformer(AGAIN.toMillis()));
    shown.runs.itemStore(new Trimmed<>(Trim::run));
    shown.runs.addEventHandler(
        new Sights<>(
            run -> Optional.of(WatchedRun.of(run)),
            both(watch::seen, objects::seen),
            both(watch::gone, objects::gone)));
    shown.runs.run();
    shown.pods.itemStore(new Trimmed<>(Trim::pod));
    shown.pods.addEventHandler(new Sights<>(PodReading::of, watch::seen, watch::gone));
    shown.pods.run();
    return shown;
  }

  private static Consumer<WatchedRun> both(
      Consumer<WatchedRun> first, Consumer<WatchedRun> second) {
    return first.andThen(second);
  }

  /** Completes when it sees no more: only a restart helps. */
  CompletableFuture<Void> blind() {
    return CompletableFuture.anyOf(
            runs.stopped().toCompletableFuture(), pods.stopped().toCompletableFuture())
        .thenRun(
            () -> {
              throw new IllegalStateException("the watch has ended");
            });
  }

  private record Sights<T, S>(Function<T, Optional<S>> reading, Consumer<S> seen, Consumer<S> gone)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      reading.apply(object).ifPresent(seen);
    }

    @Override
    public void onUpdate(T before, T object) {
      reading.apply(object).ifPresent(seen);
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
      reading.apply(object).ifPresent(gone);
    }
  }
}
