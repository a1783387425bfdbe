package dev.tiphys.cli.exit;

import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** User mistakes are values, so an exception that comes this far is a bug of Tiphys. */
public final class Bug implements IExecutionExceptionHandler {
  /** Environment variable: when set, the stack trace is printed. */
  public static final String DEBUG = "TIPHYS_DEBUG";

  private final boolean stackTrace;

  /** Prints what happened, and where it happened if that is wanted. */
  public Bug(boolean stackTrace) {
    this.stackTrace = stackTrace;
  }

  @Override
  public int handleExecutionException(Exception bug, CommandLine command, ParseResult parsed) {
    Throwable cause =
        bug instanceof ExecutionException && bug.getCause() != null ? bug.getCause() : bug;
    String hint = stackTrace ? "" : " (" + DEBUG + "=1 shows where)";
    command
        .getErr()
        .println(command.getColorScheme().errorText("tiphys: this is a bug: " + cause + hint));
    if (stackTrace) {
      cause.printStackTrace(command.getErr());
    }
    return ExitCode.BUG;
  }
}
