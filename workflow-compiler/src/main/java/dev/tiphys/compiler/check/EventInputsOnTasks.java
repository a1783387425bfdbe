package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;

/** Ensures that only tasks take events, and the entrypoint those that begin a run. */
final class EventInputsOnTasks implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .scopes()
        .filter(scope -> EventInputs.of(scope).findAny().isPresent())
        .forEach(scope -> check(workflow, scope, found));
  }

  private static void check(Workflow workflow, Template.Steps scope, Diagnostics found) {
    boolean entry = workflow.entry().filter(scope::equals).isPresent();
    boolean called =
        Calls.all(workflow).anyMatch(call -> call.target().name().equals(scope.name()));
    scope.inputs().stream()
        .filter(input -> input.event().isPresent())
        .filter(input -> !entry || called || !input.creates())
        .map(Input::name)
        .forEach(
            name ->
                found.report(
                    Code.EVENT_INPUT_ON_STEPS,
                    name.at(),
                    "an event input of the `steps` template `%s` is not supported yet"
                        .formatted(scope.name()),
                    "let a container or script take the event; the entrypoint that nothing else"
                        + " calls may have one with `eventPolicy: create`"));
  }
}
