package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.Ending;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Waits;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows a run and its pods by watches, which the client opens again when they break. */
final class RunWatch implements AutoCloseable {
  private final Consumer<Instance> changed;
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<WorkflowRun> runs;

  /**
   * Watches until it is closed.
   *
   * @param changed is told of instances whose state has changed, or for what they wait, in the
   *     order in which it did
   */
  RunWatch(Cluster cluster, String run, Consumer<Instance> changed) {
    this.changed = changed;
    this.pods = cluster.pods(run).inform(new Pods());
    this.runs = cluster.runs().withName(run).inform(new Runs());
    if (runs.getStore().list().isEmpty()) {
      // no watch tells that it goes: it has gone between two looks
      ending.complete(new Ending.Deleted());
    }
  }

  /** The run as it is known now; empty if it is not there. */
  Optional<ObservedRun> observed() {
    return runs.getStore().list().stream()
        .findFirst()
        .map(run -> ObservedRun.of(run, List.copyOf(pods.getStore().list())));
  }

  /** Waits for the run's end, but no longer than the limit; null: as long as it takes. */
  Ending await(@Nullable Duration limit) throws InterruptedException {
    try {
      return limit == null ? ending.get() : ending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Ending.TimedOut(limit == null ? Duration.ZERO : limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ending never fails", e);
    }
  }

  /** Whether it is known how the watching ends. */
  boolean over() {
    return ending.isDone();
  }

  /** Waits for the run's end, but no longer than until the other is done; empty: that was first. */
  Optional<Ending> awaitOr(CompletableFuture<?> other) throws InterruptedException {
    try {
      CompletableFuture.anyOf(ending, other).get();
      return Optional.ofNullable(ending.getNow(null));
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither ever fails", e);
    }
  }

  /** Lets {@link #await} return. */
  void interrupt() {
    ending.complete(new Ending.Interrupted());
  }

  @Override
  public void close() {
    runs.close();
    pods.close();
  }

  /** What was told of an instance. */
  private record Told(Instance.State state, String waits) {
    static Told of(Instance instance) {
      return new Told(instance.state(), Waits.of(List.of(instance)));
    }
  }

  private final class Pods implements ResourceEventHandler<Pod> {
    private boolean isNews(Instance instance) {
      Told now = Told.of(instance);
      return !now.equals(told.put(instance.name(), now));
    }

    @Override
    public void onAdd(Pod pod) {
      ObservedPod.of(pod).filter(this::isNews).ifPresent(changed);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      onAdd(now);
    }

    @Override
    public void onDelete(Pod pod, boolean lastStateUnknown) {
      told.remove(pod.getMetadata().getName());
    }
  }

  private final class Runs implements ResourceEventHandler<WorkflowRun> {
    @Override
    public void onAdd(WorkflowRun run) {
      ObservedRun.of(run, List.of()).ending().ifPresent(ending::complete);
    }

    @Override
    public void onUpdate(WorkflowRun before, WorkflowRun now) {
      onAdd(now);
    }

    @Override
    public void onDelete(WorkflowRun run, boolean lastStateUnknown) {
      ending.complete(new Ending.Deleted());
    }
  }
}
