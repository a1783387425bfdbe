package dev.tiphys.triggers.delivery;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real Scheduler: a virtual thread for every task, and one thread that watches the clock. */
public final class VirtualThreadScheduler implements Scheduler, AutoCloseable {
  /** How long {@link #close} waits for tasks that it has interrupted. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("broker-", 0).factory());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon().factory());

  public VirtualThreadScheduler() {
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      // closed: whoever is closed before its Scheduler expects nothing more
    }
  }

  @Override
  public void runAfter(Duration wait, Runnable task) {
    try {
      Future<?> _ = timer.schedule(() -> run(task), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // as in run
    }
  }

  /** Starts nothing more, interrupts what runs, and waits for it a little. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
