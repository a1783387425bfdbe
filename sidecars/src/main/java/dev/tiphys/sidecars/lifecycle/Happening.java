package dev.tiphys.sidecars.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A moment in a task's life as an event's data tell it; what is unknown is left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Happening(
    Moment state,
    @Nullable Integer exitCode,
    String reason,
    String message,
    @Nullable String startedAt,
    @Nullable String finishedAt) {

  /** What was observed, in an event's words. */
  public static Happening of(TaskState state) {
    return switch (state) {
      case Started(Instant at) -> new Happening(Moment.STARTED, null, "", "", at.toString(), null);
      case Ended ended ->
          new Happening(
              moment(ended),
              ended.exitCode(),
              ended.reason(),
              ended.message(),
              ended.startedAt() == null ? null : ended.startedAt().toString(),
              ended.finishedAt().toString());
    };
  }

  private static Moment moment(Ended ended) {
    if (ended.stopped()) {
      return Moment.STOPPED;
    }
    return ended.exitCode() != null && ended.exitCode() == 0 ? Moment.SUCCESS : Moment.FAILURE;
  }
}
