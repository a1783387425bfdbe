package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Ensures that no step waits for events of a task which itself waits for that step: a group begins
 * when the groups before it are complete.
 */
final class LaterEmitter implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Set<String> reachable = Reachable.templates(workflow);
    Emitters emitters = Emitters.of(workflow);
    for (Template.Steps scope : workflow.templates().scopes().toList()) {
      if (!reachable.contains(scope.name().value())) {
        continue;
      }
      for (int group = 0; group < scope.groups().size(); group++) {
        List<Step> waiting =
            scope.groups().get(group).stream().filter(workflow::eventStarted).toList();
        if (!waiting.isEmpty()) {
          Set<String> late = late(workflow, scope, group, reachable);
          waiting.forEach(step -> check(workflow, step, emitters, reachable, late, found));
        }
      }
    }
  }

  /** What a run comes to only after the group is complete. */
  private static Set<String> late(
      Workflow workflow, Template.Steps scope, int group, Set<String> reachable) {
    Set<Step> after = Collections.newSetFromMap(new IdentityHashMap<>());
    scope.groups().subList(group + 1, scope.groups().size()).stream()
        .flatMap(List::stream)
        .filter(step -> !workflow.eventStarted(step)) // those wait for nothing but their events
        .forEach(after::add);
    Set<String> late = new HashSet<>(reachable);
    late.removeAll(Reachable.templates(workflow, step -> !after.contains(step)));
    return late;
  }

  private static void check(
      Workflow workflow,
      Step step,
      Emitters emitters,
      Set<String> reachable,
      Set<String> late,
      Diagnostics found) {
    workflow.task(step).stream()
        .flatMap(Template::createInputs)
        .flatMap(input -> input.event().stream())
        .map(event -> event.type().value())
        .forEach(
            type ->
                emitters.of(type).stream()
                    .filter(reachable::contains)
                    .sorted()
                    .findFirst()
                    .filter(first -> allLate(emitters.of(type), reachable, late))
                    .ifPresent(first -> report(step, type, first, found)));
  }

  private static boolean allLate(Set<String> emitters, Set<String> reachable, Set<String> late) {
    return emitters.stream().filter(reachable::contains).allMatch(late::contains);
  }

  private static void report(Step step, String type, String emitter, Diagnostics found) {
    found.report(
        Code.LATER_EMITTER,
        step.name().at(),
        "`%s` waits for events `%s` of `%s`, which starts only when `%s` is complete"
            .formatted(step.name(), type, emitter, step.name()),
        "move the step into the emitter's group, or into a later one");
  }
}
