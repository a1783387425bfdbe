package dev.tiphys.cli;

import dev.tiphys.cli.cluster.DeadLettersCommand;
import dev.tiphys.cli.cluster.DeleteCommand;
import dev.tiphys.cli.cluster.EventsCommand;
import dev.tiphys.cli.cluster.GetCommand;
import dev.tiphys.cli.cluster.ListCommand;
import dev.tiphys.cli.cluster.LogsCommand;
import dev.tiphys.cli.cluster.PublishCommand;
import dev.tiphys.cli.cluster.StopCommand;
import dev.tiphys.cli.cluster.SubmitCommand;
import dev.tiphys.cli.cluster.UninstallCommand;
import dev.tiphys.cli.cluster.WatchCommand;
import dev.tiphys.cli.exit.Bug;
import dev.tiphys.cli.exit.InvalidCall;
import dev.tiphys.cli.run.RunCommand;
import dev.tiphys.cli.sidecar.SidecarCommand;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: it does nothing itself. */
@Command(
    name = "tiphys",
    description = "Workflows in Argo's form whose running tasks emit events.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      LintCommand.class,
      CompileCommand.class,
      GraphCommand.class,
      InstallCommand.class,
      SubmitCommand.class,
      GetCommand.class,
      ListCommand.class,
      WatchCommand.class,
      LogsCommand.class,
      EventsCommand.class,
      StopCommand.class,
      DeleteCommand.class,
      UninstallCommand.class,
      PublishCommand.class,
      DeadLettersCommand.class,
      SidecarCommand.class,
      VersionCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys lint examples/                               check every file of a folder",
      "  tiphys graph coinflip.yaml                          draw it",
      "  tiphys compile coinflip.yaml | kubectl apply -f -   run it on a cluster",
      "",
      "Exit codes: 0 done, 1 the run failed, 2 the file or the call is wrong,",
      "            69 the cluster cannot or will not, 124 timeout, 130 interrupted."
    })
public final class TiphysCommand implements Runnable {
  @SuppressWarnings("unused") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @SuppressWarnings("unused") // picocli acts on it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Spec private CommandSpec spec;

  /** A fresh command line; it can execute any number of times. */
  public static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new TiphysCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(TiphysCommand::execute)
        .setParameterExceptionHandler(new InvalidCall())
        .setExecutionExceptionHandler(new Bug(environment.containsKey(Bug.DEBUG)));
  }

  /** An Error too is a bug to be told like any other; picocli leaves it to the JVM. */
  private static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? (see 'tiphys --help')");
  }
}
