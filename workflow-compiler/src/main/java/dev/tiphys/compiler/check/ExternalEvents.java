package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Workflow;
import java.util.Set;

/** Ensures that the author knows which events have to come from outside. */
final class ExternalEvents implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (!workflow.complete()) {
      return; // what emits them may be what could not be read
    }
    Set<String> emitted = workflow.emittedTypes();
    EventInputs.all(workflow)
        .filter(input -> !input.watches())
        .map(input -> input.event().type())
        .filter(type -> !emitted.contains(type.value()))
        .forEach(
            type ->
                found.report(
                    Code.EXTERNAL_EVENT,
                    type.at(),
                    "no task of this workflow emits `" + type + "`: it has to come from outside",
                    Spelling.didYouMean(
                        type.value(),
                        emitted,
                        "publish it to the broker, or add a sidecar that emits it")));
  }
}
