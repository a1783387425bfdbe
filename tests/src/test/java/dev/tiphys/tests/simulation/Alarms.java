package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the run watcher does with its clock: wakes a run at the time that it asks for, and again
 * while that helped nothing.
 */
record Alarms(Runs runs, VirtualTime time, Consumer<Run> wake) implements Runs {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  @Override
  public Optional<Run> find(String name) {
    return runs.find(name);
  }

  @Override
  public List<Run> active(String workflow) {
    return runs.active(workflow);
  }

  @Override
  public boolean create(Run run) {
    return runs.create(run);
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    boolean replaced = runs.replace(run, summary);
    if (replaced) {
      run.wakeAt().ifPresent(at -> ringAt(at, run.name(), at));
    }
    return replaced;
  }

  private void ringAt(Instant due, String run, Instant asked) {
    Duration wait = Duration.between(time.instant(), due);
    time.runAfter(wait.isNegative() ? Duration.ZERO : wait, () -> ring(run, asked));
  }

  private void ring(String name, Instant asked) {
    Run run = runs.find(name).orElseThrow();
    if (run.wakeAt().filter(asked::equals).isPresent()) {
      wake.accept(run);
      ringAt(time.instant().plus(AGAIN), name, asked);
    }
  }
}
