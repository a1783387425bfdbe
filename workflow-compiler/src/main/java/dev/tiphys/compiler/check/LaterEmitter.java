package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
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
    CallGraph graph = new CallGraph(workflow);
    workflow
        .templates()
        .scopes()
        .filter(scope -> reachable.contains(scope.name().value()))
        .filter(scope -> scope.steps().anyMatch(workflow::eventStarted))
        .forEach(scope -> check(workflow, scope, emitters, graph, reachable, found));
  }

  private static void check(
      Workflow workflow,
      Template.Steps scope,
      Emitters emitters,
      CallGraph graph,
      Set<String> reachable,
      Diagnostics found) {
    // grows group by group by what the group's own steps lead to
    graph.begin();
    workflow.entry().ifPresent(entry -> graph.find(entry.name().value(), scope.name().value()));
    for (List<Step> group : scope.groups()) {
      group.stream()
          .filter(step -> !workflow.eventStarted(step))
          .forEach(step -> graph.find(step.template().value(), scope.name().value()));
      group.stream()
          .filter(workflow::eventStarted)
          .forEach(step -> check(workflow, step, emitters, graph, reachable, found));
    }
  }

  private static void check(
      Workflow workflow,
      Step step,
      Emitters emitters,
      CallGraph graph,
      Set<String> reachable,
      Diagnostics found) {
    workflow.task(step).stream()
        .flatMap(Template::createInputs)
        .flatMap(input -> input.event().stream())
        .map(event -> event.type().value())
        .filter(type -> emitters.of(type).stream().noneMatch(graph::hasFound))
        .forEach(
            type ->
                emitters.of(type).stream()
                    .filter(reachable::contains)
                    .sorted()
                    .findFirst()
                    .ifPresent(emitter -> report(step, type, emitter, found)));
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
