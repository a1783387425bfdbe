package dev.tiphys.cli.exit;

import dev.tiphys.cli.run.view.Escaped;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in two lines what is wrong with a call, where picocli would print the whole usage. */
public final class InvalidCall implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(
        command
            .getColorScheme()
            .errorText(name + ": " + Escaped.lines(String.valueOf(mistake.getMessage()))));
    if (!UnmatchedArgumentException.printSuggestions(mistake, err)) {
      err.println("See '" + name + " --help'.");
    }
    return ExitCode.INVALID;
  }
}
