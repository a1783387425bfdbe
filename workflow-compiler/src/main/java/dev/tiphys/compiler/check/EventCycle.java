package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ensures that tasks which start each other by events have a first one that starts without. */
final class EventCycle implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (!workflow.complete()) {
      return; // what starts them may be what could not be read
    }
    Set<String> reachable = Reachable.templates(workflow);
    Set<String> startable = startable(workflow);
    workflow
        .templates()
        .tasks()
        .filter(task -> reachable.contains(task.name().value()))
        .filter(task -> !startable.contains(task.name().value()))
        .flatMap(EventInputs::of)
        .filter(input -> input.input().creates())
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

  /** Grows from what needs no event of the workflow to what that can start. */
  private static Set<String> startable(Workflow workflow) {
    Emitters emitters = Emitters.of(workflow);
    Set<String> startable = new HashSet<>();
    while (true) {
      List<String> more =
          workflow
              .templates()
              .tasks()
              .filter(task -> !startable.contains(task.name().value()))
              .filter(task -> canStart(task, emitters, startable))
              .map(task -> task.name().value())
              .toList();
      if (more.isEmpty()) {
        return startable;
      }
      startable.addAll(more);
    }
  }

  private static boolean canStart(Template.Task task, Emitters emitters, Set<String> startable) {
    return task.createInputs()
        .flatMap(input -> input.event().stream())
        .map(event -> emitters.of(event.type().value()))
        .allMatch(tasks -> tasks.isEmpty() || !Collections.disjoint(tasks, startable));
  }
}
