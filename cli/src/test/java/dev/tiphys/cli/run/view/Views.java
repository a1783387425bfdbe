package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A coin flip that is under way. */
final class Views {
  static final TaskCounts FLIPPING = new TaskCounts(new Tally(1, 0, 0, 0, 0), 1, 0);
  static final TaskCounts HEADS = new TaskCounts(new Tally(47, 37, 0, 0, 1204), 10, 43);

  private Views() {}

  static RunView coinflip() {
    return new RunView(
        "coinflip-1",
        Phase.RUNNING,
        "",
        Duration.ofMillis(2345),
        List.of(
            step("coinflip", 0, true, true, TaskCounts.ZERO),
            step("flip-coin", 1, false, false, FLIPPING),
            step("heads", 1, true, false, HEADS)),
        new TreeMap<>(Map.of("flip-coin", FLIPPING, "heads", HEADS)),
        Fates.NONE,
        List.of(new EventCount("coin", 1294, 310), new EventCount("stopsignal", 0, 0)));
  }

  /** The same of another name and phase. */
  static RunView run(String name, Phase phase) {
    RunView running = coinflip();
    return new RunView(
        name,
        phase,
        "",
        running.elapsed(),
        running.steps(),
        running.tasks(),
        running.fates(),
        running.events());
  }

  /** One of whose tasks waits for something. */
  static RunView waiting(String what) {
    RunView running = coinflip();
    RunView.StepView step = running.steps().get(1);
    RunView.StepView waiting =
        new RunView.StepView(
            step.name(),
            step.depth(),
            step.last(),
            step.phase(),
            step.scope(),
            step.counts(),
            what);
    return new RunView(
        running.run(),
        Phase.RUNNING,
        "flip-coin: " + what,
        running.elapsed(),
        List.of(running.steps().get(0), waiting, running.steps().get(2)),
        running.tasks(),
        running.fates(),
        List.of());
  }

  static RunView failed() {
    return failed("heads: heads-1 failed: \u001b[31mexit code 1");
  }

  static RunView failed(String message) {
    RunView running = coinflip();
    return new RunView(
        running.run(),
        Phase.FAILED,
        message,
        running.elapsed(),
        running.steps(),
        running.tasks(),
        running.fates(),
        List.of());
  }

  private static RunView.StepView step(
      String name, int depth, boolean last, boolean scope, TaskCounts counts) {
    return new RunView.StepView(name, depth, last, Phase.RUNNING, scope, counts, "");
  }
}
