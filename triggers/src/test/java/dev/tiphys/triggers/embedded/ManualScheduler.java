package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.delivery.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A Scheduler on one thread with a clock of its own; it picks among what is due as it was told. */
public final class ManualScheduler implements Scheduler {
  private record Task(Duration due, Runnable work) {}

  /** Says which of so many tasks that are due is next. */
  private interface Choice {
    int of(int count);
  }

  private final List<Task> tasks = new ArrayList<>();
  private final Choice choice;
  private Duration now = Duration.ZERO;

  private ManualScheduler(Choice choice) {
    this.choice = choice;
  }

  /** The first that came is the next. */
  public static ManualScheduler inOrder() {
    return new ManualScheduler(count -> 0);
  }

  /** Any may be the next; the same seed gives the same order. */
  public static ManualScheduler seeded(long seed) {
    Random random = new Random(seed);
    return new ManualScheduler(random::nextInt);
  }

  /** Time since the beginning. */
  public Duration now() {
    return now;
  }

  @Override
  public void run(Runnable task) {
    tasks.add(new Task(now, task));
  }

  @Override
  public void runAfter(Duration wait, Runnable task) {
    tasks.add(new Task(now.plus(wait), task));
  }

  /** Runs one task, after moving the clock to it if need be; false if there is none. */
  public boolean step() {
    if (tasks.isEmpty()) {
      return false;
    }
    Duration next = tasks.stream().map(Task::due).min(Comparator.naturalOrder()).orElseThrow();
    now = next.compareTo(now) > 0 ? next : now;
    List<Task> due = tasks.stream().filter(task -> task.due.compareTo(now) <= 0).toList();
    Task task = due.get(choice.of(due.size()));
    tasks.remove(task);
    task.work.run();
    return true;
  }

  /** Runs until nothing is left to do. */
  public void runAll() {
    while (step()) {
      // go on
    }
  }
}
