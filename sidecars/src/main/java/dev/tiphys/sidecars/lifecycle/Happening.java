package dev.tiphys.sidecars.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.lifecycle.TaskState.Created;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Ready;
import dev.tiphys.sidecars.lifecycle.TaskState.Restarted;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A moment in a task's life as an event's data tell it; what is unknown is left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Happening(
    Moment state,
    @Nullable Integer exitCode,
    String reason,
    String message,
    @Nullable String createdAt,
    @Nullable String startedAt,
    @Nullable String readyAt,
    @Nullable String finishedAt) {

  /**
   * What was observed, in events' words: a task that was killed for its memory has failed as well,
   * and that is told last.
   */
  public static List<Happening> of(TaskState state) {
    return switch (state) {
      case Created(Instant at) -> List.of(of(Moment.CREATED, at, null, null));
      case Started(Instant at) -> List.of(of(Moment.STARTED, null, at, null));
      case Ready(Instant at) -> List.of(of(Moment.READY, null, null, at));
      case Restarted(Instant at) -> List.of(of(Moment.RESTARTED, null, at, null));
      case Ended ended -> moments(ended).map(moment -> of(moment, ended)).toList();
    };
  }

  private static Happening of(
      Moment moment,
      @Nullable Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant readyAt) {
    return new Happening(
        moment, null, "", "", text(createdAt), text(startedAt), text(readyAt), null);
  }

  private static Happening of(Moment moment, Ended ended) {
    return new Happening(
        moment,
        ended.exitCode(),
        ended.reason(),
        ended.message(),
        null,
        text(ended.startedAt()),
        null,
        text(ended.finishedAt()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static Stream<Moment> moments(Ended ended) {
    if (ended.stopped()) {
      return Stream.of(Moment.STOPPED);
    }
    if (ended.exitCode() != null
        && ended.exitCode() == 0
        && Ended.BY_ITSELF.contains(ended.reason())) {
      return Stream.of(Moment.SUCCESS);
    }
    return switch (ended.reason()) {
      case Ended.OOM_KILLED -> Stream.of(Moment.OOMKILLED, Moment.FAILURE);
      case Ended.EVICTED -> Stream.of(Moment.EVICTED, Moment.FAILURE);
      default -> Stream.of(Moment.FAILURE);
    };
  }
}
