package dev.tiphys.cli.run.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs a task, and its two outputs. */
final class RunningTask {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

  /** How long to wait for the rest of the outputs, which a stray process may hold open. */
  private static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

  private final Process process;
  private final Output stdout;
  private final Output stderr;
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  RunningTask(Process process, Path folder) {
    this.process = process;
    this.stdout =
        new Output(process.getInputStream(), new BoundedLog(folder.resolve("stdout.log")));
    this.stderr =
        new Output(process.getErrorStream(), new BoundedLog(folder.resolve("stderr.log")));
  }

  long pid() {
    return process.pid();
  }

  Output stdout() {
    return stdout;
  }

  Output stderr() {
    return stderr;
  }

  void readOutputs(Executor platformThreads) {
    stdout.carry(platformThreads);
    stderr.carry(platformThreads);
  }

  /** Completes when it begins to be stopped. */
  CompletableFuture<Void> stopping() {
    return stopping;
  }

  /** Waits until the process has ended and, for a moment, for what is left of its outputs. */
  ExitStatus waitFor() throws InterruptedException {
    int code = process.waitFor();
    boolean read = stdout.awaitEnd(OUTPUT_GRACE) && stderr.awaitEnd(OUTPUT_GRACE);
    LOG.trace("process {} ended with {}, outputs read: {}", process.pid(), code, read);
    return new ExitStatus(code);
  }

  /** SIGTERM, the grace period, SIGKILL, for the process and all that it started. */
  void stop(Duration grace) throws InterruptedException {
    stopping.complete(null);
    tree().stop(grace);
  }

  /** SIGKILL for the process and all that it started. */
  void kill() {
    tree().kill();
  }

  /** What it said last: on stderr, or if it said nothing there on stdout. */
  List<String> lastLines(int limit) {
    return Stream.of(stderr, stdout)
        .map(output -> output.lastLines(limit))
        .filter(lines -> !lines.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }
}
