package dev.tiphys.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * A call of {@code tiphys} in this process.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Call(int exitCode, String out, String err) {
  /** The examples' folder. */
  public static final Path EXAMPLES = Path.of("..", "examples");

  /** Calls the command. */
  public static Call tiphys(String... args) {
    return of(TiphysCommand.commandLine(Map.of()), args);
  }

  static Call of(CommandLine command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        command
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .execute(args);
    return new Call(exitCode, out.toString(), err.toString());
  }

  static Call withInput(String input, String... args) {
    return withInput(input.getBytes(StandardCharsets.UTF_8), args);
  }

  /** Calls the command with these bytes on standard input. */
  public static Call withInput(byte[] input, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return tiphys(args);
    } finally {
      System.setIn(before);
    }
  }

  /** The path of an example. */
  public static String example(String name) {
    return EXAMPLES.resolve(name).toString();
  }
}
