package dev.tiphys.cli;

import dev.tiphys.cli.cluster.KeyRotation;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.DeploymentOptions;
import dev.tiphys.knative.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiphys install}. */
@Command(
    name = "install",
    description = "Print what a cluster needs before it can run workflows.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys install -n games | kubectl apply -f -",
      "  tiphys install --crd-only | kubectl apply -f -     by who administers the cluster,",
      "  tiphys install --no-crd -n games | kubectl apply -f -   and by who administers a"
          + " namespace",
      "  tiphys install --rotate-key -n games"
    })
final class InstallCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the objects are to be. Default: wherever they are applied.")
  private @Nullable String namespace;

  @ArgGroup private Part part = new Part();

  @Mixin private DeploymentOptions deployment;

  @Mixin private KeyRotation rotation;

  @Spec private CommandSpec spec;

  /** At most one of the two. */
  static final class Part {
    @Option(
        names = "--crd-only",
        description =
            "Only what the cluster needs once: its types, such as WorkflowRun, and their roles.")
    private boolean crdOnly;

    @Option(
        names = "--no-crd",
        description =
            "Only what each namespace needs. Compiled workflows bring the same along, so that where"
                + " the cluster has its part already, nothing has to be installed.")
    private boolean noCrd;
  }

  @Override
  public Integer call() {
    return rotation.wanted() ? rotate() : print();
  }

  private int rotate() {
    if (part.crdOnly || part.noCrd) {
      throw new ParameterException(
          spec.commandLine(), "--rotate-key prints nothing: leave --crd-only and --no-crd out");
    }
    try {
      spec.commandLine().getOut().println(rotation.run(namespace));
      return ExitCode.OK;
    } catch (KeyRotation.Failed e) {
      spec.commandLine()
          .getErr()
          .println(
              spec.commandLine()
                  .getColorScheme()
                  .errorText(spec.qualifiedName() + ": " + e.getMessage()));
      return ExitCode.UNAVAILABLE;
    }
  }

  private int print() {
    PrintWriter out = spec.commandLine().getOut();
    if (!part.noCrd) {
      out.print(Installation.ofCluster());
    }
    if (!part.crdOnly) {
      out.print(Installation.ofNamespace(deployment.options(namespace)));
    }
    out.flush();
    return ExitCode.OK;
  }
}
