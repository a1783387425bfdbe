package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.name.VariableName;
import java.util.HashMap;
import java.util.Map;

/** Ensures that no two inputs of a task give their values to the same environment variable. */
final class EnvironmentNames implements Check {
  private static final String PREFIX = "TIPHYS_PARAM_";

  /** The variable that holds the value of the input. */
  static String of(String input) {
    return VariableName.of(PREFIX, input);
  }

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow.templates().tasks().forEach(task -> check(task, found));
  }

  private static void check(Template.Task task, Diagnostics found) {
    Map<String, String> taken = new HashMap<>();
    for (Input input : task.inputs()) {
      String name = input.name().value();
      String first = taken.putIfAbsent(of(name), name);
      if (first != null && !first.equals(name)) {
        found.report(
            Code.ENVIRONMENT_CLASH,
            input.name().at(),
            "the inputs `%s` and `%s` are both in the variable %s".formatted(first, name, of(name)),
            "rename one of the two");
      }
    }
  }
}
