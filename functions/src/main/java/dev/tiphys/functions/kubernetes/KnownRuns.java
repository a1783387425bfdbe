package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.kubernetes.pod.RunRef;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of runs without asking: of each as it was at the latest version seen here. */
final class KnownRuns {
  private final NonNamespaceOperation<WorkflowRun, ?, Resource<WorkflowRun>> runs;
  private final RecentlyUsed<String, Known> known = new RecentlyUsed<>(RecentlyUsed.CAPACITY);

  KnownRuns(NonNamespaceOperation<WorkflowRun, ?, Resource<WorkflowRun>> runs) {
    this.runs = runs;
  }

  /**
   * A run that exists.
   *
   * @param version of its object, when it was seen last
   * @param logs where the output of its tasks is read
   * @param tasks what people were shown of it
   * @param conditions those that it had
   * @param finishedAt ISO-8601; null if it was not complete when it was read last
   */
  record Known(
      RunRef ref,
      long version,
      LogCapture logs,
      String tasks,
      List<Condition> conditions,
      @Nullable String finishedAt) {}

  /** The run; asks for it only if it was never seen. */
  Known of(String run) {
    Optional<Known> remembered = known.find(run);
    return remembered.isPresent() ? remembered.get() : learn(read(run));
  }

  /** The run, if it was seen. */
  Optional<Known> remembered(String run) {
    return known.find(run);
  }

  /** Remembers a run as the API server has it, unless a later version is known. */
  Known learn(WorkflowRun run) {
    String name = run.getMetadata().getName();
    WorkflowRunStatus status = run.getStatus();
    Known seen =
        new Known(
            new RunRef(
                name,
                run.getMetadata().getUid(),
                status == null || status.sink() == null ? "" : status.sink(),
                status == null ? null : status.audience()),
            SeenPod.version(run.getMetadata()),
            LogCapture.written(status == null ? null : status.logs()),
            status == null ? "" : status.tasks(),
            status == null || status.conditions() == null ? List.of() : status.conditions(),
            status == null ? null : status.finishedAt());
    return known.merge(
        name, seen, (before, now) -> before.version() > now.version() ? before : now);
  }

  private WorkflowRun read(String run) {
    Answer<WorkflowRun> answer = ApiCall.of("run " + run, () -> runs.withName(run).get());
    if (answer instanceof Answer.Done<WorkflowRun>(WorkflowRun found)) {
      return found;
    }
    throw new Unavailable("run " + run + " is gone");
  }
}
