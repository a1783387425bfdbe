package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tiphys list}. */
@Command(
    name = "list",
    aliases = "ls",
    description = "List the runs of a namespace, the newest last.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys list --workflow coinflip",
      "  tiphys list --running -o json | jq -r '.[].run'"
    })
public final class ListCommand extends ClusterCommand {
  private static final int TASKS_LIMIT = 100;
  private static final int MESSAGE_LIMIT = 100;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only runs of this workflow.")
  private @Nullable String workflow;

  @Option(names = "--running", description = "Only runs that are not over.")
  private boolean running;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json: an array (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  int run(Cluster cluster) {
    if (!cluster.installed()) {
      return notInstalled();
    }
    List<WorkflowRun> found = found(cluster);
    if (workflow != null && found.isEmpty() && !cluster.hasWorkflow(workflow)) {
      throw invalid("no workflow `%s` in namespace `%s`".formatted(workflow, cluster.namespace()));
    }
    List<RunRecord> runs =
        found.stream()
            .sorted(
                Comparator.comparing((WorkflowRun it) -> it.getMetadata().getCreationTimestamp())
                    .thenComparing(it -> it.getMetadata().getName()))
            .map(RunRecord::of)
            .filter(it -> !running || it.finishedAt() == null)
            .toList();
    switch (output) {
      case JSON -> out().println(Json.write(runs));
      case TEXT -> table(cluster, runs);
    }
    return ExitCode.OK;
  }

  private List<WorkflowRun> found(Cluster cluster) {
    return workflow == null
        ? cluster.runs().list().getItems()
        : cluster.runs().withLabel(Marks.WORKFLOW, ResourceName.of(workflow)).list().getItems();
  }

  private void table(Cluster cluster, List<RunRecord> runs) {
    if (runs.isEmpty()) {
      err().println("no runs in namespace " + cluster.namespace());
      return;
    }
    Table table = new Table("NAME", "WORKFLOW", "PHASE", "AGE", "TASKS", "MESSAGE");
    for (RunRecord run : runs) {
      table.add(
          run.run(),
          run.workflow(),
          run.phase(),
          run.startedAt().isEmpty()
              ? ""
              : Age.of(Duration.between(Instant.parse(run.startedAt()), Instant.now())),
          Escaped.text(run.tasks(), TASKS_LIMIT),
          Escaped.text(run.message(), MESSAGE_LIMIT));
    }
    table.lines().forEach(out()::println);
  }
}
