package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;
import java.util.Set;

/** Ensures that the event which begins a run comes from outside: before the run nothing emits. */
final class EntrypointEvent implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Set<String> emitted = workflow.emittedTypes();
    workflow.entry().stream()
        .flatMap(EventInputs::of)
        .filter(input -> input.input().creates())
        .map(input -> input.event().type())
        .filter(type -> emitted.contains(type.value()))
        .forEach(
            type ->
                found.report(
                    Code.ENTRYPOINT_EVENT_NOT_EXTERNAL,
                    type.at(),
                    "`" + type + "` is to begin a run, but tasks of the run emit it",
                    "begin with a type that no task emits, or call the template by a step"));
  }
}
