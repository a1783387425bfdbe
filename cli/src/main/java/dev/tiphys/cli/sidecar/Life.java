package dev.tiphys.cli.sidecar;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** From the start of a candidate to its end. */
final class Life {
  private static final Path NOTHING = Path.of("/dev/null");

  private final Process process;
  private final List<String> kill;

  private Life(Process process, List<String> kill) {
    this.process = process;
    this.kill = kill;
  }

  /**
   * Starts it.
   *
   * @param log is added what it writes to standard error
   * @throws IOException if it cannot be started
   */
  static Life begin(Candidate candidate, Path folder, Map<String, String> variables, Path log)
      throws IOException {
    String name = "tiphys-check-" + UUID.randomUUID();
    ProcessBuilder builder = quiet(candidate.start(name, folder, variables.keySet()), log);
    builder.environment().putAll(variables);
    return new Life(builder.start(), candidate.kill(name));
  }

  /** Whether it can be started now; what was tried for it is told in the log. */
  static boolean canBegin(Candidate candidate, Path log) throws IOException, InterruptedException {
    List<List<String>> ways = candidate.prepare();
    for (List<String> way : ways) {
      if (quiet(way, log).start().waitFor() == 0) {
        return true;
      }
    }
    return ways.isEmpty();
  }

  private static ProcessBuilder quiet(List<String> command, Path log) {
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(NOTHING.toFile()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** SIGKILL; returns when it is over, with its exit code. */
  int kill() throws IOException, InterruptedException {
    if (!kill.isEmpty()) {
      // where it fails there is nothing left to kill
      new ProcessBuilder(kill)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    return process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and SIGKILL if it is not over when the grace period is. */
  Observed.Exit end(Duration grace) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    process.destroy();
    boolean inTime = process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    int code = inTime ? process.exitValue() : kill();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return new Observed.Exit(code, inTime, took);
  }
}
