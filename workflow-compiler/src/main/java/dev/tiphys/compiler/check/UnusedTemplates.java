package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Workflow;
import java.util.Set;

/** Ensures that the author knows which templates no run comes to. Comes last. */
final class UnusedTemplates implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (found.hasErrors()) {
      return; // a misspelt name elsewhere makes a template look unused
    }
    Set<String> reachable = Reachable.templates(workflow);
    workflow.templates().stream()
        .filter(template -> !reachable.contains(template.name().value()))
        .forEach(
            template ->
                found.report(
                    Code.UNUSED_TEMPLATE,
                    template.name().at(),
                    "no step leads to the template `" + template.name() + "`",
                    "call it by a step, or remove it"));
  }
}
