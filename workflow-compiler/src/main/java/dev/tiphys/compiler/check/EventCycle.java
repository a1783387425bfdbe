package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ensures that tasks which start each other by events have a first one that starts without. */
final class EventCycle implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (!workflow.complete()) {
      return; // what starts them may be what could not be read
    }
    Set<String> reachable = Reachable.templates(workflow);
    Set<String> startable = startable(workflow);
    Emitters emitters = Emitters.of(workflow);
    workflow
        .templates()
        .tasks()
        .filter(task -> reachable.contains(task.name().value()))
        .filter(task -> !startable.contains(task.name().value()))
        .flatMap(EventInputs::of)
        .filter(input -> input.input().creates())
        .filter(input -> waits(emitters.of(input.event().type().value()), startable))
        .forEach(
            input ->
                found.report(
                    Code.EVENT_CYCLE,
                    input.event().type().at(),
                    "`%s` waits for `%s`, which only tasks emit that wait for `%s` in turn"
                        .formatted(
                            input.template().name(), input.event().type(), input.template().name()),
                    "let a task emit it that a step starts without an event"));
  }

  /** Of a join's events some may be in order. */
  private static boolean waits(Set<String> emitters, Set<String> startable) {
    return !emitters.isEmpty() && Collections.disjoint(emitters, startable);
  }

  /** Grows from what needs no event of the workflow to what that can start. */
  private static Set<String> startable(Workflow workflow) {
    Set<String> emitted = workflow.emittedTypes();
    Map<String, List<Template.Task>> waiting = new HashMap<>();
    IdentityHashMap<Template.Task, Set<String>> missing = new IdentityHashMap<>();
    Deque<Template.Task> open = new ArrayDeque<>();
    for (Template.Task task : workflow.templates().tasks().toList()) {
      Set<String> types =
          awaited(task).filter(emitted::contains).collect(Collectors.toCollection(HashSet::new));
      missing.put(task, types);
      if (types.isEmpty()) {
        open.add(task);
      }
      types.forEach(type -> waiting.computeIfAbsent(type, t -> new ArrayList<>()).add(task));
    }
    Set<String> startable = new HashSet<>();
    while (!open.isEmpty()) {
      Template.Task task = open.remove();
      if (startable.add(task.name().value())) {
        task.sidecars().stream()
            .filter(sidecar -> sidecar.watcher().feedsRun())
            .map(sidecar -> sidecar.eventType().value())
            .forEach(
                type ->
                    waiting.getOrDefault(type, List.of()).stream()
                        .filter(waiter -> arrives(missing.getOrDefault(waiter, Set.of()), type))
                        .forEach(open::add));
      }
    }
    return startable;
  }

  /** Whether that was the last type that the task waited for: a join needs each of them. */
  private static boolean arrives(Set<String> missing, String type) {
    return missing.remove(type) && missing.isEmpty();
  }

  private static Stream<String> awaited(Template.Task task) {
    return task.createInputs()
        .flatMap(input -> input.event().stream())
        .map(event -> event.type().value());
  }
}
