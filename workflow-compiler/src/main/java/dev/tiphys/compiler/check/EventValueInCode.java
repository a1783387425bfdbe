package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Work;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/**
 * Ensures that no value of an event becomes code: whoever can send the event could run anything.
 */
final class EventValueInCode implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (workflow.eventValuesInCode()) {
      return;
    }
    EventValues values = EventValues.of(workflow);
    workflow
        .templates()
        .tasks()
        .forEach(
            task -> {
              code(task)
                  .flatMap(text -> values.in(workflow, task, text))
                  .forEach(variable -> report(variable, found));
              EventVariables variables = EventVariables.of(workflow, task, values);
              InlineCode.in(task.work().commandLine())
                  .forEach(text -> variables.in(text).forEach(name -> report(text, name, found)));
            });
  }

  private static Stream<TaggedText> code(Template.Task task) {
    Stream<TaggedText> inline = InlineCode.in(task.work().commandLine());
    return switch (task.work()) {
      case Work.Container container -> inline;
      case Work.Script script -> Stream.concat(inline, Stream.of(script.source()));
    };
  }

  private static void report(TaggedText.Variable variable, Diagnostics found) {
    String input = variable.name().substring(variable.name().lastIndexOf('.') + 1);
    found.report(
        Code.EVENT_VALUE_IN_CODE,
        variable.at(),
        "an event's value would run as code: `{{" + variable.name() + "}}`",
        "read it from the environment variable %s (in a shell \"$%s\"), or allow it by the annotation %s: \"true\""
            .formatted(
                EnvironmentNames.of(input),
                EnvironmentNames.of(input),
                Workflow.ALLOW_EVENT_VALUES_IN_CODE));
  }

  private static void report(TaggedText code, String variable, Diagnostics found) {
    found.report(
        Code.EVENT_VALUE_IN_CODE,
        code.at(),
        "an event's value would run as code: Kubernetes puts it in for `$(" + variable + ")`",
        "let the shell read it: \"$%s\"; or allow it by the annotation %s: \"true\""
            .formatted(variable, Workflow.ALLOW_EVENT_VALUES_IN_CODE));
  }
}
