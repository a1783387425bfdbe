package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.PlacedText;
import dev.tiphys.compiler.model.Scope;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/** Ensures that every reference has a value where it stands. */
final class References implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    for (Template template : workflow.templates()) {
      Stream<TaggedText> defaults = template.inputs().stream().flatMap(Input::defaults);
      check(defaults, Scope.ofDefaults(workflow), found);
      switch (template) {
        case Template.Task task ->
            check(task.work().texts().map(PlacedText::text), Scope.ofTask(workflow, task), found);
        case Template.Steps scope -> scope.steps().forEach(s -> check(workflow, scope, s, found));
        case Template.Broken broken -> {}
      }
    }
  }

  private static void check(Workflow workflow, Template.Steps scope, Step step, Diagnostics found) {
    check(
        step.arguments().stream().map(Argument::value),
        Scope.ofArguments(workflow, scope, step),
        found);
    check(step.operands(), Scope.ofCondition(workflow, scope, step), found);
  }

  private static void check(Stream<TaggedText> texts, Scope scope, Diagnostics found) {
    texts
        .flatMap(TaggedText::variables)
        .forEach(
            variable -> {
              if (scope.resolve(variable.name()) instanceof Scope.Mistake mistake) {
                found.report(mistake.code(), variable.at(), mistake.message(), mistake.hint());
              }
            });
  }
}
