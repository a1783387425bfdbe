package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One instance and its state. The only moves are gated, pending, running and one of the ends; an
 * ended instance holds nothing but what can be observed of it.
 */
final class LocalInstance {
  private static final int LAST_LINES = 5;

  private final Instance.Identity identity;
  private final Instant createdAt;
  private State state;
  private boolean started;
  private boolean cutOff;
  private String message = "";
  private List<String> lastLines = List.of();
  private @Nullable InstanceSpec spec;
  private @Nullable RunningTask task;
  private @Nullable String stopReason;
  private State stoppedAs = State.STOPPED;
  private long revision;
  private SortedMap<String, String> parameters;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  LocalInstance(InstanceSpec spec, Instant createdAt) {
    this.identity = spec.identity();
    this.createdAt = createdAt;
    this.spec = spec;
    this.revision = spec.revision();
    this.parameters = spec.parameters();
    this.state = spec.gated() ? State.GATED : State.PENDING;
  }

  synchronized Instance observed() {
    return new Instance(identity, state, started, cutOff, message, createdAt, revision);
  }

  boolean belongsTo(String run) {
    return identity.run().equals(run);
  }

  /** What a failed instance said last. */
  synchronized List<String> lastLines() {
    return lastLines;
  }

  /** False if it is not gated. */
  synchronized boolean openGate() {
    boolean gated = state == State.GATED;
    if (gated) {
      state = State.PENDING;
    }
    return gated;
  }

  /** Starts its process; null if that was not possible, or is not wanted any more. */
  synchronized @Nullable Running start(Launch launch) {
    if (state != State.PENDING || spec == null) {
      return null;
    }
    return switch (launch.apply(spec, parameters)) {
      case TaskLauncher.Started it -> {
        state = State.RUNNING;
        started = true;
        task = it.task();
        yield new Running(spec, it.task());
      }
      case TaskLauncher.NotStarted it -> {
        end(State.FAILED, it.reason());
        yield null;
      }
    };
  }

  /**
   * Takes over newer parameters, unless it has ended or has them.
   *
   * @param files writes them where a process that runs already finds them
   */
  synchronized void update(SortedMap<String, String> values, long newRevision, Files files)
      throws IOException {
    if (state.terminal() || newRevision <= revision) {
      return;
    }
    if (state == State.RUNNING) {
      files.write(values);
    }
    SortedMap<String, String> all = new TreeMap<>(parameters);
    all.putAll(values);
    parameters = all;
    revision = newRevision;
  }

  /**
   * Ends the process, or keeps it from ever running. Nothing if it has ended, or was told before.
   *
   * @return whether the instance has ended by this alone, since it never ran
   */
  boolean stop(String reason, Duration grace) throws InterruptedException {
    return stop(State.STOPPED, reason, grace);
  }

  /** Ends the process, which has failed by taking too long. */
  void expire(String reason, Duration grace) throws InterruptedException {
    stop(State.FAILED, reason, grace);
  }

  private boolean stop(State as, String reason, Duration grace) throws InterruptedException {
    RunningTask running;
    synchronized (this) {
      if (state.terminal() || stopReason != null) {
        return false;
      }
      stopReason = reason;
      stoppedAs = as;
      running = task;
      if (running == null) {
        end(as, reason);
      }
    }
    try {
      if (running != null) {
        running.stop(grace);
      }
    } finally {
      stopped.complete(null);
    }
    return running == null;
  }

  void kill() {
    RunningTask running;
    synchronized (this) {
      running = task;
    }
    if (running != null) {
      running.kill();
    }
  }

  /** Whether it was told to stop. */
  synchronized boolean stopping() {
    return stopReason != null;
  }

  /** Its process has ended: by itself, or because it was told to stop. */
  void ended(ExitStatus exit) {
    if (stopping()) {
      // all that it had started has to be gone as well
      stopped.join();
    }
    synchronized (this) {
      if (stopReason != null) {
        end(stoppedAs, stopReason);
      } else if (exit.success()) {
        end(State.SUCCEEDED, "");
      } else {
        lastLines = task == null ? List.of() : task.lastLines(LAST_LINES);
        end(State.FAILED, exit.message());
      }
    }
  }

  /** One of its sidecars has ended without the end of its stream. */
  synchronized void cutOff() {
    cutOff = true;
  }

  /** Nobody can see to it any more. Nothing if it has ended. */
  synchronized void fail(String reason) {
    if (!state.terminal()) {
      end(State.FAILED, reason);
    }
  }

  private void end(State end, String why) {
    state = end;
    message = why;
    spec = null;
    task = null;
    parameters = Collections.emptySortedMap();
  }

  /** How a process is started. */
  @FunctionalInterface
  interface Launch {
    TaskLauncher.Outcome apply(InstanceSpec spec, SortedMap<String, String> parameters);
  }

  /** How parameters are written. */
  @FunctionalInterface
  interface Files {
    void write(SortedMap<String, String> parameters) throws IOException;
  }

  /** A running process and what it was made from. */
  record Running(InstanceSpec spec, RunningTask task) {}
}
