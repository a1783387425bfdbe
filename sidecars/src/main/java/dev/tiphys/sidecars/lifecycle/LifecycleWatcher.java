package dev.tiphys.sidecars.lifecycle;

import dev.tiphys.sidecars.lifecycle.TaskState.Created;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Ready;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the listed moments of a process's life into events with the data {@code {"state",
 * "exitCode", "reason", "message", "createdAt", "startedAt", "readyAt", "finishedAt"}}. A process
 * is there and ready when it starts; nobody restarts it, and nobody says that it was evicted. Its
 * stream is independent of the task's output: the event of the end may come before that of the last
 * line.
 */
public final class LifecycleWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleWatcher.class);

  private final Publisher publisher;
  private final Set<Moment> on;

  /** Which moments become events of which publisher. */
  public LifecycleWatcher(Publisher publisher, Set<Moment> on) {
    this.publisher = publisher;
    this.on = Set.copyOf(on);
  }

  /**
   * Watches a task, and ends the publisher's stream after the task has ended.
   *
   * @param started never completes for a task that cannot be started
   */
  public void start(CompletableFuture<Started> started, CompletableFuture<Ended> ended) {
    Thread.ofVirtual().name("lifecycle").start(() -> watch(started, ended));
  }

  private void watch(CompletableFuture<Started> started, CompletableFuture<Ended> ended) {
    try {
      CompletableFuture.anyOf(started, ended).join();
      if (started.isDone()) {
        Started start = started.join();
        observe(new Created(start.at()));
        observe(start);
        observe(new Ready(start.at()));
      } else {
        observe(new Created(ended.join().finishedAt()));
      }
      observe(ended.join());
    } catch (CompletionException e) {
      LOG.warn("the task cannot be observed any further: {}", String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      publisher.end();
    }
  }

  private void observe(TaskState state) throws InterruptedException {
    for (Happening happening : Happening.of(state)) {
      if (on.contains(happening.state())) {
        publisher.publish(Emission.of(happening));
      }
    }
  }
}
