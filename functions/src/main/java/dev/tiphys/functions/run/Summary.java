package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run in figures.
 *
 * @param phase {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED} or {@code ERROR}: being stopped
 *     is no failure
 * @param message why it failed, or could not go on; while it goes on, for what an instance of it
 *     waits; empty otherwise
 * @param tasks by template, every task template of the plan
 * @param fates what became of events at those who listen to them
 * @param outstanding of a run that is over, which of its own events are not accounted for, in words
 */
public record Summary(
    String run,
    Phase phase,
    String message,
    SortedMap<String, TaskCounts> tasks,
    Fates fates,
    List<String> outstanding) {
  public Summary {
    outstanding = List.copyOf(outstanding);
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
  }

  /** The run as observed. */
  public static Summary of(Plan plan, Run run, Collection<Instance> instances) {
    SortedMap<String, TaskCounts> tasks = new TreeMap<>();
    for (Template template : plan.templates().values()) {
      if (template instanceof TaskTemplate) {
        tasks.put(template.name(), TaskCounts.ZERO);
      }
    }
    run.nodes().values().forEach(node -> add(tasks, node.template(), countsOf(node)));
    Fates fates = run.fates();
    for (Instance instance : instances) {
      if (!run.folded(instance)) {
        // what a run leaves behind that is over is being stopped, and nobody counts it again
        boolean left = run.phase().complete() && !instance.state().terminal();
        Instance counted = left ? instance.to(State.STOPPED) : instance;
        add(tasks, instance.identity().task(), countsOf(counted));
        fates = with(fates, plan, run, counted);
      }
    }
    Phase phase =
        switch (run.phase()) {
          case PENDING, RUNNING, ENDING -> Phase.RUNNING;
          case FAILED -> Phase.FAILED;
          case ERROR -> Phase.ERROR;
          case SUCCEEDED, STOPPED, SKIPPED -> Phase.SUCCEEDED;
        };
    String message =
        switch (phase) {
          case FAILED, ERROR -> run.root().message();
          case RUNNING -> waits(run);
          case PENDING, ENDING, SUCCEEDED, STOPPED, SKIPPED -> "";
        };
    return new Summary(
        run.name(),
        phase,
        message,
        tasks,
        fates,
        run.phase().complete() ? Outstanding.of(plan, run, instances) : List.of());
  }

  /** Of a run of which there is nothing to count. */
  public static Summary ofNothing(String run, Phase phase, String message) {
    return new Summary(run, phase, message, new TreeMap<>(), Fates.NONE, List.of());
  }

  /** Events that nobody was there for. */
  public Missed missed() {
    return Missed.of(fates);
  }

  /** An instance is the memory of its event until it is counted. */
  private static Fates with(Fates fates, Plan plan, Run run, Instance instance) {
    return run.nodes().get(instance.identity().node()) instanceof Node.Armed armed
            && !plan.task(armed.template()).gathers()
        ? fates.with(run.listener(armed), fateOf(instance))
        : fates;
  }

  /** The fate of the event that an instance is there for. */
  public static Fate fateOf(Instance instance) {
    return instance.state() == State.STOPPED && !instance.started()
        ? Fate.SUPERSEDED
        : Fate.STARTED;
  }

  /** What became of it, in words: {@code heads 37 succeeded; missed: 3 late}. */
  public String outcome() {
    return Stream.of(CountsText.of(tasks), missed().text())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Of the first step that cannot start something, and how many more there are. */
  private static String waits(Run run) {
    List<String> all =
        run.nodes().entrySet().stream()
            .filter(e -> e.getValue().phase() == Phase.RUNNING)
            .filter(e -> !e.getValue().message().isEmpty())
            .map(e -> Paths.step(e.getKey()) + ": " + e.getValue().message())
            .toList();
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> all.getFirst();
      default -> "%s (and %,d more)".formatted(all.getFirst(), all.size() - 1);
    };
  }

  private static TaskCounts countsOf(Node node) {
    return switch (node) {
      case Node.Armed armed -> TaskCounts.recorded(armed);
      case Node.Task task when task.phase() == Phase.SKIPPED ->
          new TaskCounts(Tally.ZERO.skip(SkipReason.CONDITION), 0, 0);
      case Node.Task task when task.restarts() != null ->
          new TaskCounts(task.restarts().tally(), 0, 0);
      case Node.Task task -> TaskCounts.ZERO;
      case Node.Scope scope -> TaskCounts.ZERO;
    };
  }

  private static TaskCounts countsOf(Instance instance) {
    return new TaskCounts(
        Tally.ZERO.with(instance),
        instance.state().active() ? 1 : 0,
        instance.state() == State.GATED ? 1 : 0);
  }

  private static void add(SortedMap<String, TaskCounts> tasks, String template, TaskCounts counts) {
    tasks.computeIfPresent(template, (name, sum) -> sum.plus(counts));
  }
}
