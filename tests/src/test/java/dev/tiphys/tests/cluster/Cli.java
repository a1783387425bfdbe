package dev.tiphys.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code tiphys} command, in a process of its own as users have it. */
final class Cli {
  private static final long LIMIT_SECONDS = 300;

  private Cli() {}

  /** How a call ended, and what it printed; errors are among the output. */
  record Outcome(int exitCode, String output) {}

  static Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiphys.cli.Main"));
    command.addAll(List.of(arguments));
    Path printed = Files.createTempFile("tiphys", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(printed);
    if (!ended) {
      throw new AssertionError("no end: tiphys " + String.join(" ", arguments) + "\n" + output);
    }
    return new Outcome(process.exitValue(), output);
  }
}
