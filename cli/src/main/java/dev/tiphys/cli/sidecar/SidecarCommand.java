package dev.tiphys.cli.sidecar;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiphys sidecar}: it does nothing itself. */
@Command(
    name = "sidecar",
    description = "For those who write event sidecars of their own.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SidecarCheckCommand.class,
    footerHeading = "%nExamples:%n",
    footer = "  tiphys sidecar check ./clock.py")
public final class SidecarCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? (see 'tiphys sidecar --help')");
  }
}
