package dev.tiphys.cli.cluster;

import dev.tiphys.cli.options.DurationConverter;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys watch RUN}. */
@Command(
    name = "watch",
    description = "Show a run until it ends.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys watch coinflip-1a2b3c4d5e",
      "",
      "Exit codes: 0 Succeeded, 1 Failed or Error, 2 the call is wrong,",
      "            69 the cluster cannot or will not, 124 timeout, 130 interrupted (the run goes"
          + " on)."
    })
public final class WatchCommand extends ClusterCommand {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to watch, like 30s or 5m. Default: to the end.")
  private @Nullable Duration timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json: one object at the end (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  int run(Cluster cluster) throws InterruptedException {
    WorkflowRun run = find(cluster, name);
    Optional<Plan> plan = cluster.plan(run.getSpec().plan());
    if (plan.isEmpty()) {
      return unavailable("the plan " + run.getSpec().plan() + " of the run is gone");
    }
    return new Watching(cluster, output == OutputFormat.JSON ? err() : out(), out(), output)
        .watch(name, plan.get(), timeout, System.getenv());
  }
}
