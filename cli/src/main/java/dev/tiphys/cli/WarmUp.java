package dev.tiphys.cli;

import dev.tiphys.cli.exit.ExitCode;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * What the launcher lets a JVM run once to make its AOT cache: every command, on the examples. The
 * classes that are loaded here need not be loaded and linked again at later starts.
 */
public final class WarmUp {
  private WarmUp() {}

  /** Takes the folder of the examples. What the commands answer does not matter. */
  public static void main(String[] args) {
    String examples = args[0];
    List<List<String>> calls =
        List.of(
            List.of("--help"),
            List.of("version"),
            List.of("lint", examples),
            List.of("compile", examples + "/coinflip.yaml"),
            List.of("graph", examples + "/coinflip.yaml"),
            List.of("graph", "-o", "svg", examples + "/coinflip.yaml"),
            List.of("run", "--timeout", "20s", examples + "/hello-events.yaml"));
    for (List<String> call : calls) {
      CommandLine tiphys = TiphysCommand.commandLine(Map.of());
      tiphys.setOut(new PrintWriter(Writer.nullWriter()));
      tiphys.setErr(new PrintWriter(Writer.nullWriter()));
      tiphys.execute(call.toArray(String[]::new));
    }
    System.exit(ExitCode.OK);
  }
}
