package dev.tiphys.cli.run.process;

import dev.tiphys.sidecars.Sidecar;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sidecar that is a process. As on a cluster, it is started again when it ends before its task,
 * it gets SIGTERM when its task has ended, and its exit code then says whether its stream has.
 */
final class SidecarProcess implements Sidecar {
  private static final Logger LOG = LoggerFactory.getLogger(SidecarProcess.class);
  private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);
  private static final int LAST_LINES = 3;

  private final Supplier<TaskLauncher.Outcome> launch;
  private final CompletableFuture<?> taskEnded;
  private final Duration grace;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread life = Thread.ofVirtual().name("sidecar").unstarted(this::live);

  private SidecarProcess(
      Supplier<TaskLauncher.Outcome> launch, CompletableFuture<?> taskEnded, Duration grace) {
    this.launch = launch;
    this.taskEnded = taskEnded;
    this.grace = grace;
  }

  static SidecarProcess start(
      Supplier<TaskLauncher.Outcome> launch, CompletableFuture<?> taskEnded, Duration grace) {
    SidecarProcess sidecar = new SidecarProcess(launch, taskEnded, grace);
    sidecar.life.start();
    return sidecar;
  }

  private void live() {
    try {
      String failure = once();
      while (!taskEndsWithin(BEFORE_RESTART)) {
        failure = once();
      }
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(new IllegalStateException(failure));
      }
    } catch (InterruptedException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  /** One process, to its end; what went wrong, or null. */
  private @Nullable String once() throws InterruptedException {
    return switch (launch.get()) {
      case TaskLauncher.NotStarted(String reason) -> {
        LOG.warn("{}", reason);
        yield reason;
      }
      case TaskLauncher.Started(RunningTask process) -> {
        ExitStatus exit = accompany(process);
        if (!exit.success()) {
          LOG.warn("a sidecar ended with {}: {}", exit.message(), process.lastLines(LAST_LINES));
        }
        yield exit.success() ? null : "the sidecar ended with " + exit.message();
      }
    };
  }

  private ExitStatus accompany(RunningTask process) throws InterruptedException {
    try {
      process.readOutputs();
      CompletableFuture<?> _ =
          taskEnded.whenComplete(
              (end, failure) -> Thread.startVirtualThread(() -> terminate(process)));
      return process.waitFor();
    } catch (InterruptedException e) {
      process.kill();
      throw e;
    }
  }

  private void terminate(RunningTask process) {
    try {
      process.awaitHandlerOfSigterm();
      process.stop(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean taskEndsWithin(Duration time) throws InterruptedException {
    try {
      taskEnded.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** SIGTERM at its end is all that it is told. */
  @Override
  public void stopped() {
    LOG.debug("its task is being stopped");
  }

  @Override
  public CompletableFuture<Void> done() {
    return done.copy();
  }

  @Override
  public void close() {
    life.interrupt();
  }
}
