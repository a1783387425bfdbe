package dev.tiphys.tests.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code tiphys} command, in a process of its own as users have it. */
final class Cli {
  private Cli() {}

  static Command.Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiphys.cli.Main"));
    command.addAll(List.of(arguments));
    return Command.run(new ProcessBuilder(command), "");
  }
}
