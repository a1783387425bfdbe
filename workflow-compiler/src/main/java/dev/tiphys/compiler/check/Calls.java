package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/** Which template calls which. */
final class Calls {
  private Calls() {}

  /** A step, where it stands and what it calls. */
  record Call(Template.Steps scope, Step step, Template target) {}

  /** All calls of templates that can be read. */
  static Stream<Call> all(Workflow workflow) {
    return workflow.templates().scopes().flatMap(scope -> of(workflow, scope));
  }

  /** The calls of one scope. */
  static Stream<Call> of(Workflow workflow, Template.Steps scope) {
    return scope
        .steps()
        .flatMap(
            step ->
                workflow.target(step).stream()
                    .filter(target -> !(target instanceof Template.Broken))
                    .map(target -> new Call(scope, step, target)));
  }
}
