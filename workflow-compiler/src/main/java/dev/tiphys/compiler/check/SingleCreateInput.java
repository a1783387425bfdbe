package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;

/** Ensures that one event alone starts a task: joins are not supported yet. */
final class SingleCreateInput implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    for (Template template : workflow.templates()) {
      template
          .createInputs()
          .skip(1)
          .forEach(
              input ->
                  found.report(
                      Code.SEVERAL_CREATE_INPUTS,
                      input.name().at(),
                      "`" + template.name() + "` would join several events, not supported yet",
                      "keep one input with `eventPolicy: create`"));
    }
  }
}
