package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.cli.run.view.TreeRendering;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import java.time.Instant;
import java.util.Optional;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys get RUN}. */
@Command(
    name = "get",
    description = "Show a run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys get coinflip-1a2b3c4d5e",
      "  tiphys get coinflip-1a2b3c4d5e -o json | jq -r .phase"
    })
public final class GetCommand extends ClusterCommand {
  private static final int VALUE_LIMIT = 200;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  int run(Cluster cluster) {
    WorkflowRun run = find(cluster, name);
    switch (output) {
      case JSON -> out().println(RunRecord.json(run));
      case TEXT -> show(cluster, run);
    }
    return ExitCode.OK;
  }

  private void show(Cluster cluster, WorkflowRun run) {
    RunRecord record = RunRecord.of(run);
    out().println("workflow   " + record.workflow() + " (" + record.plan() + ")");
    record
        .parameters()
        .forEach(
            (parameter, value) ->
                out().println("parameter  " + parameter + "=" + Escaped.text(value, VALUE_LIMIT)));
    if (!record.startedAt().isEmpty()) {
      String end = record.finishedAt() == null ? "" : ", finished " + record.finishedAt();
      out().println("started    " + record.startedAt() + end);
    }
    Optional<RunView> view =
        cluster
            .plan(record.plan())
            .flatMap(
                plan ->
                    ObservedRun.of(run, cluster.pods(name).list().getItems())
                        .view(plan, Instant.now()));
    view.map(it -> TreeRendering.of(it, Integer.MAX_VALUE))
        .ifPresentOrElse(
            lines -> lines.stream().map(AttributedString::toString).forEach(out()::println),
            () -> out().println(record.run() + "  " + record.phase() + "  " + record.tasks()));
  }
}
