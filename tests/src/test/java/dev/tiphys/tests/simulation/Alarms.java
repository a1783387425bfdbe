package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the run watcher does with its clock: wakes a run at the time that it asks for, and again
 * while that helped nothing.
 */
final class Alarms extends ForwardingRuns {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final VirtualTime time;
  private final Consumer<Run> wake;
  private final Set<Instant> asked = new HashSet<>();

  Alarms(Runs runs, VirtualTime time, Consumer<Run> wake) {
    super(runs);
    this.time = time;
    this.wake = wake;
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    boolean replaced = super.replace(run, summary);
    if (replaced) {
      run.wakeAt().filter(asked::add).ifPresent(at -> ringAt(at, run.name(), at));
    }
    return replaced;
  }

  private void ringAt(Instant due, String run, Instant wakeAt) {
    Duration wait = Duration.between(time.instant(), due);
    time.runAfter(wait.isNegative() ? Duration.ZERO : wait, () -> ring(run, wakeAt));
  }

  private void ring(String name, Instant wakeAt) {
    Run run = find(name).orElseThrow();
    if (run.wakeAt().filter(wakeAt::equals).isPresent()) {
      wake.accept(run);
      ringAt(time.instant().plus(AGAIN), name, wakeAt);
    }
  }
}
