package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Tally;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All of a run that an event which comes again must not change. */
record Counted(
    Map<String, String> nodes, Map<String, Long> revisions, Map<String, String> early, int taken) {
  static Counted of(Run run) {
    SortedMap<String, String> nodes = new TreeMap<>();
    run.nodes()
        .forEach(
            (path, node) ->
                nodes.put(
                    path,
                    switch (node) {
                      case Node.Armed armed ->
                          armed.epoch()
                              + " "
                              + armed.stoppedUntil()
                              + " "
                              + counts(armed.tally())
                              + " "
                              + armed.sets().last()
                              + " "
                              + armed.sets().waiting();
                      case Node.Task task -> task.stopRequested() + " " + task.restartedBy();
                      case Node.Scope scope -> "";
                    }));
    SortedMap<String, Long> revisions = new TreeMap<>();
    run.updated().forEach((task, updated) -> revisions.put(task, updated.revision()));
    SortedMap<String, String> early = new TreeMap<>();
    run.earlyStops().forEach((task, time) -> early.put(task, time.toString()));
    return new Counted(nodes, revisions, early, taken(run));
  }

  /** What was refused is counted each time that it comes, and some time later. */
  private static int taken(Run run) {
    return Arrays.stream(Fate.values()).filter(Fate::taken).mapToInt(run.fates()::of).sum();
  }

  /** How many events have started nothing, but for those that were refused. */
  static int skipped(Tally tally) {
    return tally.reasons().entrySet().stream()
        .filter(e -> e.getKey().fate().taken())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static String counts(Tally tally) {
    return skipped(tally) + "+" + tally.stopped() + "+" + tally.succeeded() + "+" + tally.failed();
  }
}
