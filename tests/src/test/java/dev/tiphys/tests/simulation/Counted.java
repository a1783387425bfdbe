package dev.tiphys.tests.simulation;

import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Tally;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All of a run that an event which comes again must not change. */
record Counted(
    Map<String, String> nodes, Map<String, Long> revisions, Map<String, String> early, int missed) {
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
    return new Counted(nodes, revisions, early, run.late() + run.early());
  }

  private static String counts(Tally tally) {
    return tally.skipped() + "+" + tally.stopped() + "+" + tally.succeeded() + "+" + tally.failed();
  }
}
