package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the watcher keeps of a run.
 *
 * @param uid differs between runs of one name
 * @param plan id of its plan
 * @param sink address of its broker
 * @param audience whom a token has to be for that its broker asks for; null: it asks for none
 * @param phase Argo's word; {@code Pending} before it has begun
 * @param message what its object says of it; null: nothing
 * @param wakeAt when {@code advance} is to look at it, whatever happens; null: at no time
 * @param control what a person has asked for; null: nothing
 */
record WatchedRun(
    String name,
    String uid,
    String version,
    String workflow,
    String plan,
    URI sink,
    @Nullable String audience,
    Stage stage,
    String phase,
    @Nullable String message,
    Instant made,
    @Nullable Instant wakeAt,
    @Nullable String control) {
  private static final String PENDING = "Pending";
  private static final Set<String> COMPLETE = Set.of("Succeeded", "Failed", "Error");

  /** Where it is. */
  enum Stage {
    /** {@code begin} has not done all yet; nobody else may look at it. */
    UNBEGUN,
    ACTIVE,
    /** Over, or being deleted. */
    COMPLETE
  }

  /** Reads it. */
  static WatchedRun of(WorkflowRun object) {
    WorkflowRunStatus status = object.getStatus();
    String sink = status == null ? null : status.sink();
    return new WatchedRun(
        object.getMetadata().getName(),
        object.getMetadata().getUid(),
        object.getMetadata().getResourceVersion(),
        object.getSpec().workflow(),
        object.getSpec().plan(),
        URI.create(sink == null ? "" : sink),
        status == null ? null : status.audience(),
        stage(object),
        status == null ? PENDING : status.phase(),
        status == null ? null : status.message(),
        Instant.parse(object.getMetadata().getCreationTimestamp()),
        wakeAt(object.getStatus()),
        object.getSpec().control());
  }

  private static @Nullable Instant wakeAt(@Nullable WorkflowRunStatus status) {
    return status == null || status.wakeAt() == null ? null : Instant.parse(status.wakeAt());
  }

  boolean active() {
    return stage == Stage.ACTIVE;
  }

  /** Whether it is not over, be it that it is being deleted. */
  boolean running() {
    return !COMPLETE.contains(phase);
  }

  private static Stage stage(WorkflowRun object) {
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return Stage.COMPLETE;
    }
    WorkflowRunStatus status = object.getStatus();
    if (status == null || status.phase() == null) {
      return Stage.UNBEGUN;
    }
    return COMPLETE.contains(status.phase()) ? Stage.COMPLETE : Stage.ACTIVE;
  }
}
