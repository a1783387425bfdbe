package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.HashMap;
import java.util.Map;

/** Ensures that no two inputs of a task give their values to the same environment variable. */
final class EnvironmentNames implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow.templates().tasks().forEach(task -> check(task, found));
  }

  private static void check(Template.Task task, Diagnostics found) {
    Map<String, String> taken = new HashMap<>();
    for (Input input : task.inputs()) {
      String name = input.name().value();
      String first = taken.putIfAbsent(input.variable(), name);
      if (first != null && !first.equals(name)) {
        found.report(
            Code.ENVIRONMENT_CLASH,
            input.name().at(),
            "the inputs `%s` and `%s` are both in the variable %s"
                .formatted(first, name, input.variable()),
            "rename one of the two");
      }
    }
  }
}
