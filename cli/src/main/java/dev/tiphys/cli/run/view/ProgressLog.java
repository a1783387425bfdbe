package dev.tiphys.cli.run.view;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.CountsText;
import dev.tiphys.functions.run.TaskCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What is told of a run where there is no terminal to draw on. The first changes of each task get a
 * line of their own; those of a flood are told by its task's counts, now and then.
 *
 * <p>Not thread-safe.
 */
public final class ProgressLog {
  /** Lines for single starts, and for each kind of end, of one task. */
  static final int SINGLE = 3;

  /** Lines for single failures of one task. */
  static final int FAILURES = 10;

  private static final int MESSAGE_LIMIT = 300;

  private final Map<String, Map<Instance.State, Integer>> told = new HashMap<>();
  private final Set<String> untold = new HashSet<>();
  private final Map<String, String> lastCounts = new HashMap<>();
  private final Set<String> warnings = new HashSet<>();

  /** The line for a change of an instance; empty if it is left to the counts. */
  public Optional<String> changed(Instance instance) {
    String task = instance.identity().task();
    int before =
        told.computeIfAbsent(task, t -> new HashMap<>()).merge(instance.state(), 1, Integer::sum);
    if (before > (instance.state() == Instance.State.FAILED ? FAILURES : SINGLE)) {
      untold.add(task);
      return Optional.empty();
    }
    return Optional.of(line(instance));
  }

  /** Lines for what has changed since the last call, beyond single changes. */
  public List<String> counts(SortedMap<String, TaskCounts> tasks) {
    List<String> lines = new ArrayList<>();
    tasks.forEach(
        (task, counts) -> {
          String text = CountsText.of(counts);
          if (untold.contains(task) && !text.equals(lastCounts.put(task, text))) {
            lines.add(task + ": " + text);
          }
        });
    untold.clear();
    return lines;
  }

  /** The warnings that were not told before. */
  public List<String> newWarnings(List<String> all) {
    return all.stream().filter(warnings::add).map(text -> "! " + text).toList();
  }

  private static String line(Instance instance) {
    String who = instance.identity().task() + ": " + instance.name();
    return switch (instance.state()) {
      case GATED -> who + " queued";
      case PENDING -> who + " pending";
      case RUNNING -> who + " started";
      case SUCCEEDED -> who + " succeeded";
      case FAILED -> who + " failed: " + Escaped.text(instance.message(), MESSAGE_LIMIT);
      case STOPPED -> who + " stopped: " + Escaped.text(instance.message(), MESSAGE_LIMIT);
    };
  }
}
