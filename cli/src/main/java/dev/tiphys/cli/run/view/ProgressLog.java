package dev.tiphys.cli.run.view;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.CountsText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of runs where there is no terminal to draw on. The first changes of each task get a
 * line of their own; those of a flood are told by its task's counts, now and then. Once there are
 * several runs, each line begins with the name of its own.
 *
 * <p>Not thread-safe.
 */
public final class ProgressLog {
  /** Lines for single starts, and for each kind of end, of one task. */
  static final int SINGLE = 3;

  /** Lines for single failures of one task. */
  static final int FAILURES = 10;

  private static final int MESSAGE_LIMIT = 300;

  private final Map<Task, Map<Instance.State, Integer>> told = new HashMap<>();
  private final Set<Task> untold = new HashSet<>();
  private final Map<Task, String> lastCounts = new HashMap<>();
  private final Set<String> runs = new HashSet<>();
  private final Set<String> warnings = new HashSet<>();

  private record Task(String run, String name) {}

  /** The line for a change of an instance; empty if it is left to the counts. */
  public Optional<String> changed(Instance instance) {
    Task task = new Task(instance.identity().run(), instance.identity().task());
    runs.add(task.run());
    int before =
        told.computeIfAbsent(task, t -> new HashMap<>()).merge(instance.state(), 1, Integer::sum);
    if (before > (instance.state() == Instance.State.FAILED ? FAILURES : SINGLE)) {
      untold.add(task);
      return Optional.empty();
    }
    return Optional.of(of(task.run()) + line(instance));
  }

  /** Lines for what has changed since the last call, beyond single changes. */
  public List<String> counts(List<RunView> views) {
    views.forEach(view -> runs.add(view.run()));
    List<String> lines = new ArrayList<>();
    for (RunView view : views) {
      view.tasks()
          .forEach(
              (name, counts) -> {
                Task task = new Task(view.run(), name);
                String text = CountsText.of(counts);
                if (untold.contains(task) && !text.equals(lastCounts.put(task, text))) {
                  lines.add(of(view.run()) + name + ": " + text);
                }
              });
    }
    untold.clear();
    return lines;
  }

  private String of(String run) {
    return runs.size() > 1 ? run + "  " : "";
  }

  /** The warnings that were not told before. */
  public List<String> newWarnings(List<String> all) {
    return all.stream().filter(warnings::add).map(text -> "! " + text).toList();
  }

  private static String waits(Instance instance) {
    return instance.message().isEmpty()
        ? ""
        : ": " + Escaped.text(instance.message(), MESSAGE_LIMIT);
  }

  private static String line(Instance instance) {
    String who = instance.identity().task() + ": " + instance.name();
    return switch (instance.state()) {
      case GATED -> who + " queued";
      case PENDING -> who + " pending" + waits(instance);
      case RUNNING -> who + " started";
      case SUCCEEDED -> who + " succeeded";
      case FAILED -> who + " failed: " + Escaped.text(instance.message(), MESSAGE_LIMIT);
      case STOPPED -> who + " stopped: " + Escaped.text(instance.message(), MESSAGE_LIMIT);
    };
  }
}
