package dev.tiphys.cli.run.process;

import dev.tiphys.sidecars.stdout.TaskOutput;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs a task, and its two outputs. */
final class RunningTask {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

  /** How long to wait for the rest of the outputs, which a stray process may hold open. */
  private static final Duration OUTPUT_GRACE = Duration.ofMillis(200);

  private final Process process;
  private final SortedMap<String, Path> volumes;
  private final BoundedLog stdoutLog;
  private final BoundedLog stderrLog;
  private final TaskOutput stdout;
  private final TaskOutput stderr;
  private final CompletableFuture<Void> outputsOver = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();

  RunningTask(Process process, Path folder, SortedMap<String, Path> volumes) {
    this.process = process;
    this.volumes = volumes;
    this.stdoutLog = new BoundedLog(folder.resolve("stdout.log"));
    this.stderrLog = new BoundedLog(folder.resolve("stderr.log"));
    this.stdout = new TaskOutput(process.getInputStream(), stdoutLog);
    this.stderr = new TaskOutput(process.getErrorStream(), stderrLog);
  }

  /** The folders that are its volumes, by their names. */
  SortedMap<String, Path> volumes() {
    return volumes;
  }

  /** All of its standard output, for one more reader; to be asked for before it is read. */
  InputStream stdoutReader() {
    return stdout.reader();
  }

  /** All of its standard error, likewise. */
  InputStream stderrReader() {
    return stderr.reader();
  }

  void readOutputs() {
    CompletableFuture<?> ended = process.onExit();
    stdout.start(ended);
    stderr.start(ended);
    CompletableFuture<Void> _ =
        CompletableFuture.allOf(stdout.over(), stderr.over())
            .whenComplete(
                (over, failure) -> {
                  stdoutLog.close();
                  stderrLog.close();
                  outputsOver.complete(null);
                });
  }

  /** Completes when it begins to be stopped. */
  CompletableFuture<Void> stopping() {
    return stopping;
  }

  /** Waits until the process has ended and, for a moment, for what is left of its outputs. */
  ExitStatus waitFor() throws InterruptedException {
    int code = process.waitFor();
    try {
      outputsOver.get(OUTPUT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("process {} has ended, its output has not", process.pid());
    } catch (ExecutionException e) {
      throw new IllegalStateException("it never fails", e);
    }
    return new ExitStatus(code);
  }

  /**
   * Waits until it is ready to be told to end, as far as that can be seen: a program that is still
   * starting would be killed by SIGTERM, which a container's first process is not.
   */
  void awaitHandlerOfSigterm() throws InterruptedException {
    Signals.awaitHandler(process.toHandle());
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
    return Stream.of(stderrLog, stdoutLog)
        .map(log -> log.lastLines(limit))
        .filter(lines -> !lines.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }
}
