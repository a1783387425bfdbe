package dev.tiphys.images.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program under training, in a process of its own and with no more than the given environment.
 */
final class TrainedProcess implements AutoCloseable {
  /** How long it may take to end, which includes writing its cache. */
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;

  TrainedProcess(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    this.process = builder.start();
    this.log = log;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends it as a kubelet does, and waits. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end; see " + log);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
