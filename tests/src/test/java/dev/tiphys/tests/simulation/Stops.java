package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.EventKey;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stops that runs have recorded. */
final class Stops {
  private final List<Stopped> recorded = new ArrayList<>();
  private long number;

  /**
   * One.
   *
   * @param least the time of events that it is for at least, whatever its function's clock said
   * @param most the time of the newest that it can be for
   * @param early whether the task had no node yet
   * @param live what it is to stop
   * @param number when it was recorded, among deliveries
   */
  record Stopped(
      String run,
      String task,
      EventKey event,
      OffsetDateTime least,
      OffsetDateTime most,
      boolean early,
      Set<String> live,
      long number) {}

  /** Number of a delivery that begins. */
  long next() {
    return ++number;
  }

  /**
   * An event has stopped a task.
   *
   * @param begin when its function began to look
   * @param end when that was written
   */
  void record(
      String run,
      String task,
      CloudEvent event,
      Instant begin,
      Instant end,
      boolean early,
      Set<String> live) {
    recorded.add(
        new Stopped(
            run,
            task,
            EventKey.of(event),
            until(event, begin),
            until(event, end),
            early,
            Set.copyOf(live),
            next()));
  }

  private static OffsetDateTime until(CloudEvent event, Instant now) {
    OffsetDateTime time = event.getTime();
    return time == null || time.toInstant().isAfter(now) ? now.atOffset(ZoneOffset.UTC) : time;
  }

  /** Whether each step is stopped until the same time as before, or a later one. */
  static boolean goOn(Run before, Run after) {
    return before.nodes().entrySet().stream()
        .allMatch(
            e ->
                !(e.getValue() instanceof Node.Armed armed)
                    || armed.stoppedUntil() == null
                    || isNotBefore(after.armed(e.getKey()).stoppedUntil(), armed.stoppedUntil()));
  }

  private static boolean isNotBefore(@Nullable OffsetDateTime time, OffsetDateTime other) {
    return time != null && !time.isBefore(other);
  }

  List<Stopped> early() {
    return recorded.stream().filter(Stopped::early).toList();
  }

  /** What was live when the event was recorded; empty if it was not. */
  Optional<Set<String>> live(String run, String task, CloudEvent event) {
    return of(run, task)
        .filter(s -> s.event().equals(EventKey.of(event)))
        .map(Stopped::live)
        .findFirst();
  }

  /** Whether an event of that time may start something in a delivery that began then. */
  boolean allow(String run, String task, @Nullable OffsetDateTime time, long delivery) {
    return time == null
        || of(run, task).noneMatch(s -> s.number() < delivery && !time.isAfter(s.least()));
  }

  /** Whether there was a stop that an event of that time falls under. */
  boolean cover(String run, String task, @Nullable OffsetDateTime time) {
    return time != null && of(run, task).anyMatch(s -> !time.isAfter(s.most()));
  }

  private Stream<Stopped> of(String run, String task) {
    return recorded.stream().filter(s -> s.run().equals(run) && s.task().equals(task));
  }
}
