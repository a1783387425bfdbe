package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;

/** Ensures that no run has to be begun by a watch: while nothing runs, nobody of ours watches. */
final class EntrypointWatch implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow.entry().stream()
        .flatMap(EventInputs::of)
        .filter(input -> input.input().creates() && input.watches())
        .forEach(
            input ->
                found.report(
                    Code.ENTRYPOINT_WATCH,
                    input.event().type().at(),
                    "objects are watched only while a run is active, so they cannot begin one",
                    "let a steps template be the entrypoint and call `"
                        + input.template().name()
                        + "` by a step, or begin with an event"));
  }
}
