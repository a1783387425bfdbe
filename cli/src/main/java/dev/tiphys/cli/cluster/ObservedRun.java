package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.Ending;
import dev.tiphys.cli.run.view.RunTree;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run as the API server has it, read back into what the functions know. */
record ObservedRun(WorkflowRun object, List<Instance> instances) {
  static ObservedRun of(WorkflowRun object, List<Pod> pods) {
    return new ObservedRun(
        object, pods.stream().map(ObservedPod::of).flatMap(Optional::stream).toList());
  }

  /**
   * Empty until the run was begun whole.
   *
   * @throws Refused if another version of Tiphys has begun it
   */
  Optional<Run> run() {
    return Optional.ofNullable(object.getStatus())
        .map(status -> status.run(object.getMetadata().getName()));
  }

  /** The run in figures. */
  Optional<Summary> summary(Plan plan) {
    return run().map(run -> Summary.of(plan, run, instances));
  }

  /** The run as it is to be shown. */
  Optional<RunView> view(Plan plan, Instant now) {
    return run()
        .map(
            run -> {
              Summary summary = Summary.of(plan, run, instances);
              return new RunView(
                  run.name(),
                  summary.phase(),
                  summary.message(),
                  elapsed(run, now),
                  RunTree.of(run, instances),
                  summary.tasks(),
                  summary.fates(),
                  List.of());
            });
  }

  /** How it ended; empty while it runs. */
  Optional<Ending> ending() {
    return run().filter(run -> run.phase().complete()).map(run -> new Ending.Complete());
  }

  private Duration elapsed(Run run, Instant now) {
    WorkflowRunStatus status = object.getStatus();
    Instant end =
        status == null || status.finishedAt() == null ? now : Instant.parse(status.finishedAt());
    return end.isBefore(run.startedAt()) ? Duration.ZERO : Duration.between(run.startedAt(), end);
  }
}
