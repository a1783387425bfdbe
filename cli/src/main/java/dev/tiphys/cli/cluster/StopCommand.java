package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.run.BeginEvent;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.triggers.event.EventTypes;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tiphys stop RUN}. */
@Command(
    name = "stop",
    description = {
      "Stop a run: its tasks get SIGTERM and their grace period, and it ends as Failed, \"stopped"
          + " by a person\". It takes the right to patch WorkflowRuns."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tiphys stop coinflip-1a2b3c4d5e"})
public final class StopCommand extends ClusterCommand {
  private static final String STOP = "{\"spec\": {\"control\": \"" + WorkflowRunSpec.STOP + "\"}}";

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name;

  @Mixin private BrokerAccess access;

  @Override
  int run(Cluster cluster) throws InterruptedException {
    WorkflowRun run = find(cluster, name);
    RunRecord record = RunRecord.of(run);
    if (record.finishedAt() != null) {
      out().println("workflowrun.tiphys.dev/" + name + " is over already: " + record.phase());
      return ExitCode.OK;
    }
    cluster.runs().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), STOP);
    Optional<String> problem = wake(cluster, run);
    problem.ifPresent(
        why -> err().println("the run is looked at when the watcher has seen the stop: " + why));
    out().println("workflowrun.tiphys.dev/" + name + " stops");
    return ExitCode.OK;
  }

  /** Has the functions look at once, whether the watcher is awake or not. */
  private Optional<String> wake(Cluster cluster, WorkflowRun run) throws InterruptedException {
    WorkflowRunStatus status = run.getStatus();
    if (status == null || status.sink() == null) {
      return Optional.empty();
    }
    return access
        .to(URI.create(status.sink()), status.audience(), cluster)
        .of(BeginEvent.naming(run.getSpec().workflow(), name, EventTypes.RUN_CHANGED));
  }
}
