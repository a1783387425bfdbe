package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys uninstall WORKFLOW}. */
@Command(
    name = "uninstall",
    description = {
      "Take a workflow off a cluster: its Broker, Triggers and plans. What workflows of the"
          + " namespace share stays, and so do its runs and the plans that they name."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys uninstall coinflip -n games",
      "  tiphys uninstall coinflip -n games --runs    its runs too; those that are active are cut"
          + " off"
    })
public final class UninstallCommand extends ClusterCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Name of the workflow.")
  private String workflow;

  @Option(names = "--runs", description = "Delete its runs too, with their pods.")
  private boolean withRuns;

  @Override
  int run(Cluster cluster) {
    if (!cluster.installed()) {
      return notInstalled();
    }
    WorkflowObjects its = new WorkflowObjects(cluster, workflow);
    List<HasMetadata> objects = its.all();
    List<WorkflowRun> runs = its.runs();
    if (objects.isEmpty() && (runs.isEmpty() || !withRuns)) {
      throw invalid("no workflow `%s` in namespace `%s`".formatted(workflow, cluster.namespace()));
    }
    List<String> active =
        runs.stream().filter(UninstallCommand::active).map(UninstallCommand::name).toList();
    if (!active.isEmpty() && !withRuns) {
      throw invalid(
          "%s active, and would hear no more events: stop %s first, or give --runs"
              .formatted(
                  active.size() == 1
                      ? "run " + active.getFirst() + " is"
                      : "runs " + String.join(", ", active) + " are",
                  active.size() == 1 ? "it" : "them"));
    }
    WorkflowObjects.unneeded(objects, withRuns ? List.of() : runs)
        .forEach(object -> delete(cluster, object));
    if (withRuns) {
      runs.forEach(run -> delete(cluster, run));
    } else {
      tellWhatStays(runs);
    }
    return ExitCode.OK;
  }

  private void tellWhatStays(List<WorkflowRun> runs) {
    if (!runs.isEmpty()) {
      out()
          .println(
              "%d %s of it with their plans: tiphys delete RUN, or uninstall --runs"
                  .formatted(runs.size(), runs.size() == 1 ? "run stays" : "runs stay"));
    }
  }

  private void delete(Cluster cluster, HasMetadata object) {
    cluster
        .client()
        .resource(object)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
    out()
        .println(
            "%s/%s deleted".formatted(object.getKind().toLowerCase(Locale.ROOT), name(object)));
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  /** Also one that has yet to begin; a run of another Tiphys is not read for this. */
  private static boolean active(WorkflowRun run) {
    return run.getStatus() == null || run.getStatus().finishedAt() == null;
  }
}
