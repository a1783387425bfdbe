package dev.tiphys.sidecars.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is observed of a task from outside. */
public sealed interface TaskState {
  /** Its process or main container runs. */
  record Started(Instant at) implements TaskState {}

  /**
   * It has ended, or could not be started.
   *
   * @param exitCode null for a task that never ran
   * @param stopped whether it ended because it was to be stopped; then it neither succeeded nor
   *     failed, whatever its exit code
   * @param reason one word, as Kubernetes has it: {@code Completed}, {@code Error}, {@code
   *     OOMKilled}; empty where there is none
   * @param message for people; empty where there is none
   * @param startedAt null for a task that never ran
   */
  record Ended(
      @Nullable Integer exitCode,
      boolean stopped,
      String reason,
      String message,
      @Nullable Instant startedAt,
      Instant finishedAt)
      implements TaskState {}
}
