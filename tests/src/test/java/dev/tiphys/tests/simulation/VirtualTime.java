package dev.tiphys.tests.simulation;

import dev.tiphys.triggers.delivery.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** One thread and a clock that jumps to whatever comes next. What is to run "soon" is shuffled. */
final class VirtualTime implements Scheduler, InstantSource {
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SOON_MICROS_MAX = 2_000;

  private record Planned(Instant at, long order, Runnable task) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::order));
  private final RandomGenerator random;
  private Instant now = BEGINNING;
  private long order;

  VirtualTime(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void run(Runnable task) {
    runAfter(Duration.ofNanos(random.nextInt(SOON_MICROS_MAX) * 1_000L), task);
  }

  @Override
  public void runAfter(Duration wait, Runnable task) {
    planned.add(new Planned(now.plus(wait), order++, task));
  }

  /** Runs after a wait of up to so many milliseconds. */
  void runWithin(int millis, Runnable task) {
    runAfter(Duration.ofNanos(random.nextLong(millis * 1_000_000L + 1)), task);
  }

  /** Does what comes next; false if there is nothing. */
  boolean step() {
    Planned next = planned.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.task().run();
    return true;
  }
}
