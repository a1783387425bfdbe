package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.json.Json;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as {@code get} and {@code list} print it as JSON; a public format, so names and types stay.
 *
 * @param phase Argo's: {@code Pending} before it has begun, then {@code Running}, {@code
 *     Succeeded}, {@code Failed} or {@code Error}
 * @param tasks what became of its tasks, for people
 * @param finishedAt null while it runs
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RunRecord(
    String run,
    String namespace,
    String workflow,
    String plan,
    String phase,
    String message,
    String tasks,
    String startedAt,
    @Nullable String finishedAt,
    @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, String> parameters) {
  private static final WorkflowRunStatus NONE =
      new WorkflowRunStatus(Phase.PENDING.title(), null, null, null, null, "", "", null, null, "");

  static RunRecord of(WorkflowRun run) {
    WorkflowRunStatus status = run.getStatus() == null ? NONE : run.getStatus();
    return new RunRecord(
        run.getMetadata().getName(),
        run.getMetadata().getNamespace(),
        run.getSpec().workflow(),
        run.getSpec().plan(),
        status.phase(),
        status.message() == null ? "" : status.message(),
        status.tasks(),
        status.startedAt(),
        status.finishedAt(),
        run.getSpec().parameters());
  }

  static String json(WorkflowRun run) {
    return Json.write(of(run));
  }
}
