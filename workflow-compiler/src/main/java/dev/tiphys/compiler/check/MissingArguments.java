package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;

/** Ensures that every input without a default gets a value wherever its template is called. */
final class MissingArguments implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Calls.all(workflow).forEach(call -> check(call, found));
    workflow.entry().ifPresent(entry -> checkEntry(workflow, entry, found));
  }

  private static void check(Calls.Call call, Diagnostics found) {
    call.target().inputs().stream()
        .filter(MissingArguments::needsArgument)
        .map(input -> input.name().value())
        .filter(
            name -> call.step().arguments().stream().noneMatch(a -> a.name().value().equals(name)))
        .forEach(
            name ->
                found.report(
                    Code.MISSING_ARGUMENT,
                    call.step().template().at(),
                    "the template `%s` needs a value for `%s`"
                        .formatted(call.target().name(), name),
                    "add `{name: " + name + ", value: ...}` to the step's `arguments.parameters`"));
  }

  /** The workflow's own arguments are the entrypoint's, as Argo has it. */
  private static void checkEntry(Workflow workflow, Template entry, Diagnostics found) {
    entry.inputs().stream()
        .filter(MissingArguments::needsArgument)
        .map(Input::name)
        .filter(name -> !workflow.mayHaveParameter(name.value()))
        .forEach(
            name ->
                found.report(
                    Code.MISSING_ARGUMENT,
                    name.at(),
                    "nothing gives the entrypoint's input `" + name + "` a value",
                    "add a parameter of that name to `spec.arguments.parameters`"));
  }

  private static boolean needsArgument(Input input) {
    return input.origin() instanceof Input.Argument argument && argument.defaultValue() == null;
  }
}
