package dev.tiphys.cli;

import dev.tiphys.knative.Installation;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiphys install}. */
@Command(
    name = "install",
    description = "Print what a cluster needs before it can run workflows.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys install -n games | kubectl apply -f -",
      "  tiphys install --crd-only | kubectl apply -f -     by who administers the cluster,",
      "  tiphys install --no-crd -n games | kubectl apply -f -   and by who administers a namespace"
    })
final class InstallCommand implements Runnable {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the objects are to be. Default: wherever they are applied.")
  private @Nullable String namespace;

  @ArgGroup private Part part = new Part();

  @Mixin private DeploymentOptions deployment;

  @Spec private CommandSpec spec;

  /** At most one of the two. */
  static final class Part {
    @Option(
        names = "--crd-only",
        description = "Only what the cluster needs once: the type WorkflowRun and its roles.")
    private boolean crdOnly;

    @Option(
        names = "--no-crd",
        description =
            "Only what each namespace needs. Compiled workflows bring the same along, so that where"
                + " the cluster has its part already, nothing has to be installed.")
    private boolean noCrd;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (!part.noCrd) {
      out.print(Installation.ofCluster());
    }
    if (!part.crdOnly) {
      out.print(Installation.ofNamespace(deployment.options(namespace)));
    }
    out.flush();
  }
}
