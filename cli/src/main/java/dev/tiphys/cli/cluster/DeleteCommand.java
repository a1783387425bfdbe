package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tiphys delete RUN...}. */
@Command(
    name = "delete",
    description = "Delete runs, with their pods and keys. One that is not over is cut off.",
    footerHeading = "%nExamples:%n",
    footer = {"  tiphys delete coinflip-1a2b3c4d5e"})
public final class DeleteCommand extends ClusterCommand {
  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Names of runs.")
  private List<String> names;

  @Override
  int run(Cluster cluster) {
    names.forEach(name -> find(cluster, name));
    for (String name : names) {
      cluster.runs().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
      out().println("workflowrun.tiphys.dev/" + name + " deleted");
    }
    return ExitCode.OK;
  }
}
