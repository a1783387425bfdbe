package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.TaskProbe;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import java.io.InputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What sidecars see of a process. */
final class ProcessProbe implements TaskProbe {
  private final RunningTask task;
  private final ProxySockets sockets;
  private final InstantSource clock;
  private final Instant startedAt;
  private final CompletableFuture<Ended> ended = new CompletableFuture<>();

  ProcessProbe(RunningTask task, ProxySockets sockets, InstantSource clock) {
    this.task = task;
    this.sockets = sockets;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public InputStream stdout() {
    return task.stdoutReader();
  }

  @Override
  public InputStream stderr() {
    return task.stderrReader();
  }

  @Override
  public ServerSocketChannel socket(String sidecar) {
    return sockets.of(sidecar);
  }

  @Override
  public Path volume(String name) {
    return Objects.requireNonNull(task.volumes().get(name), name);
  }

  @Override
  public CompletableFuture<Started> started() {
    return CompletableFuture.completedFuture(new Started(startedAt));
  }

  @Override
  public CompletableFuture<Ended> ended() {
    return ended;
  }

  /** Completes when the task begins to be stopped; never for one that ends by itself. */
  CompletableFuture<Void> stopping() {
    return task.stopping();
  }

  void end(ExitStatus exit, Instance instance) {
    ended.complete(
        new Ended(
            exit.code(),
            instance.state() == Instance.State.STOPPED,
            exit.success() ? "Completed" : "Error",
            instance.message(),
            startedAt,
            clock.instant()));
  }
}
