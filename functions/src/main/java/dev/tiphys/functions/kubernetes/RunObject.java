package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs as WorkflowRuns, and back. */
final class RunObject {
  /**
   * What a run's state may take of its object, in bytes. etcd takes 1.5 MB at most, and there has
   * to be room for telling that the run has failed.
   */
  static final int STATE_MAX_BYTES = 1_000_000;

  /** More, for a state that nothing is added to any more. */
  static final int LAST_STATE_MAX_BYTES = 1_300_000;

  private RunObject() {}

  /** The object of a run that an event begins. */
  static WorkflowRun begun(Run run) {
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(run.name())
            .addToLabels(Marks.RUN, run.name())
            .addToLabels(Marks.WORKFLOW, ResourceName.of(run.workflow()))
            .build());
    object.setSpec(
        new WorkflowRunSpec(run.workflow(), run.plan(), run.parameters(), run.cause(), null));
    return object;
  }

  /** What is written to the status of the run's object, at the version that the run was read at. */
  static WorkflowRun update(Run run, WorkflowRunStatus status) {
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder().withName(run.name()).withResourceVersion(run.version()).build());
    object.setStatus(status);
    return object;
  }

  /**
   * The status of a run.
   *
   * @param sink its Broker; null: it never began
   * @param logs where output is read
   * @param finishedAt ISO-8601; null while it runs
   * @throws Refused if the run has become larger than an object may be
   */
  static WorkflowRunStatus status(
      Run run,
      Summary summary,
      Brokers.@Nullable Address sink,
      @Nullable String logs,
      @Nullable String finishedAt) {
    return new WorkflowRunStatus(
        summary.phase().title(),
        summary.message().isEmpty() ? null : summary.message(),
        sink == null ? null : sink.url(),
        sink == null ? null : sink.audience(),
        logs,
        summary.outcome(),
        summary.fates().isEmpty() ? null : summary.fates(),
        run.startedAt().toString(),
        finishedAt,
        run.wakeAt().map(Instant::toString).orElse(null),
        null,
        state(run));
  }

  /**
   * The run that the object holds; empty if it was not begun whole, or is being deleted.
   *
   * @throws Refused if another version of Tiphys has written it
   */
  static Optional<Run> run(WorkflowRun object) {
    ObjectMeta metadata = object.getMetadata();
    WorkflowRunStatus status = object.getStatus();
    if (status == null || metadata.getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    return Optional.of(
        status
            .run(metadata.getName())
            .withVersion(metadata.getResourceVersion())
            .withControl(object.getSpec().asked()));
  }

  private static String state(Run run) {
    String state = Json.write(run.withVersion("").withControl(null));
    int limit = run.phase().complete() ? LAST_STATE_MAX_BYTES : STATE_MAX_BYTES;
    long bytes = stored(state);
    if (bytes > limit) {
      throw new Refused(
          "the state of the run has %,d bytes, and its object holds %,d".formatted(bytes, limit));
    }
    return state;
  }

  /** It is text within JSON, where a quote takes two bytes. */
  private static long stored(String state) {
    return state.getBytes(StandardCharsets.UTF_8).length
        + state.chars().filter(c -> c == '"' || c == '\\').count();
  }
}
