package dev.tiphys.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that is given its input, and has to end in time. */
final class Command {
  private static final long LIMIT_SECONDS = 300;

  private Command() {}

  /** How it ended, and what it printed; errors are among the output. */
  record Outcome(int exitCode, String output) {}

  static Outcome run(ProcessBuilder command, String input)
      throws IOException, InterruptedException {
    // by files: reading from a process that hangs would wait for it without a limit
    Path given = Files.writeString(Files.createTempFile("command", ".in"), input);
    Path printed = Files.createTempFile("command", ".out");
    Process process =
        command
            .redirectInput(given.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(printed);
    if (!ended) {
      throw new AssertionError("no end: " + String.join(" ", command.command()) + "\n" + output);
    }
    return new Outcome(process.exitValue(), output);
  }
}
