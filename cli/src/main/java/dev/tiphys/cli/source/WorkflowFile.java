package dev.tiphys.cli.source;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The FILE argument of the commands that work on one workflow; mixed into them. */
public final class WorkflowFile {
  @Parameters(paramLabel = "FILE", description = "The workflow; - reads standard input.")
  private String file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Compiles the file for output that is captured in a way that can do everything. */
  public Optional<Plan> compile() {
    return compile(LogCapture.FILES);
  }

  /**
   * Compiles the file and says on standard error what is to be said about it.
   *
   * @return empty if it has an error, which is {@link ExitCode#INVALID}
   * @throws picocli.CommandLine.ParameterException if it cannot be read
   */
  public Optional<Plan> compile(LogCapture capture) {
    SourceText source = SourceText.read(file, command);
    Compiled<Plan> compiled = Compiler.compile(source.name(), source.text(), capture);
    new Report(command.commandLine().getErr(), command.commandLine().getColorScheme())
        .print(compiled.diagnostics(), source);
    return Optional.ofNullable(compiled.value());
  }
}
