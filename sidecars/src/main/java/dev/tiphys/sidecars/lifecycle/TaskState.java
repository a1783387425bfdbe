package dev.tiphys.sidecars.lifecycle;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is observed of a task from outside. */
public sealed interface TaskState {
  /** When it came to be so. */
  Instant at();

  /** It exists; it may have to wait. */
  record Created(Instant at) implements TaskState {}

  /** Its process or main container runs. */
  record Started(Instant at) implements TaskState {}

  /** It is ready to be used, as its probe says. */
  record Ready(Instant at) implements TaskState {}

  /** Its main container was started again. */
  record Restarted(Instant at) implements TaskState {}

  /**
   * It has ended, or could not be started.
   *
   * @param exitCode null for a task that never ran
   * @param stopped whether it ended because it was to be stopped; then it neither succeeded nor
   *     failed, whatever its exit code
   * @param reason one word, as Kubernetes has it: {@code Completed}, {@code Error}, {@code
   *     OOMKilled}, {@code Evicted}; empty where there is none
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
      implements TaskState {
    @Override
    public Instant at() {
      return finishedAt;
    }

    /** It used more memory than it may. */
    public static final String OOM_KILLED = "OOMKilled";

    /** Its pod was deleted, and it with it. */
    public static final String DELETED = "Deleted";

    /** Reasons of a task that nobody ended. */
    static final Set<String> BY_ITSELF = Set.of("", "Completed");

    /** Its node got rid of it. */
    public static final String EVICTED = "Evicted";
  }
}
