package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.List;
import java.util.Optional;

/** Ensures that a step gives a template only what it takes. */
final class UnexpectedArguments implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Calls.all(workflow)
        .forEach(call -> call.step().arguments().forEach(a -> check(a, call.target(), found)));
  }

  private static void check(Argument argument, Template target, Diagnostics found) {
    String name = argument.name().value();
    Optional<Input> input = target.input(name);
    if (input.isEmpty()) {
      List<String> names =
          target.inputs().stream()
              .filter(i -> i.event().isEmpty())
              .map(i -> i.name().value())
              .toList();
      found.report(
          Code.UNEXPECTED_ARGUMENT,
          argument.name().at(),
          "the template `" + target.name() + "` has no input `" + name + "`",
          Spelling.didYouMean(name, names, "remove it, or add it to the template's `inputs`"));
    } else if (input.get().event().isPresent()) {
      found.report(
          Code.UNEXPECTED_ARGUMENT,
          argument.name().at(),
          "an event fills the input `" + name + "` of `" + target.name() + "`",
          "remove the argument");
    }
  }
}
