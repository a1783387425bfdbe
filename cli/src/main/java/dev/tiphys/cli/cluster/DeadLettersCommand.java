package dev.tiphys.cli.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiphys dead-letters}: it does nothing itself. */
@Command(
    name = "dead-letters",
    description = "Events that could not be used: what they were, why, and once more.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersPublishCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys dead-letters list external -n shop",
      "  tiphys dead-letters show order-17",
      "  tiphys dead-letters publish order-17",
      "  tiphys dead-letters list --folder /tmp/tiphys-432048485816376258"
    })
public final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? (see 'tiphys dead-letters --help')");
  }
}
