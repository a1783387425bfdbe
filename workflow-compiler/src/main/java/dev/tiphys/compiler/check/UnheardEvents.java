package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells of watches that nothing ends: nobody can say whether more objects will come, so such a task
 * is over when it has run and nothing goes on beside it, and what comes later goes unheard.
 */
final class UnheardEvents implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    EventInputs.all(workflow)
        .filter(EventInputs.EventInput::watches)
        .filter(watch -> watch.input().creates() && !ends(watch.template()))
        .filter(watch -> !accompanied(workflow, watch.template()))
        .forEach(
            watch ->
                found.report(
                    Code.UNHEARD_EVENTS,
                    watch.input().name().at(),
                    "nothing ends this watch: it is over when its task has run and nothing goes on"
                        + " beside it, and what changes later is not heard",
                    "add an input with `eventPolicy: delete` that ends it"));
  }

  /** Whether wherever it is called something goes on beside it until an event ends that. */
  private static boolean accompanied(Workflow workflow, Template template) {
    String name = template.name().value();
    return workflow.templates().stream()
        .flatMap(it -> it instanceof Template.Steps scope ? Stream.of(scope) : null)
        .filter(scope -> scope.steps().anyMatch(step -> calls(step, name)))
        .allMatch(
            scope ->
                IntStream.rangeClosed(0, groupOf(scope, name))
                    .mapToObj(scope.groups()::get)
                    .flatMap(List::stream)
                    .anyMatch(step -> endedByEvent(workflow, step)));
  }

  private static int groupOf(Template.Steps scope, String template) {
    return IntStream.range(0, scope.groups().size())
        .filter(n -> scope.groups().get(n).stream().anyMatch(step -> calls(step, template)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean calls(Step step, String template) {
    return step.template().value().equals(template);
  }

  private static boolean endedByEvent(Workflow workflow, Step step) {
    return workflow
        .templates()
        .find(step.template().value())
        .filter(UnheardEvents::ends)
        .isPresent();
  }

  private static boolean ends(Template template) {
    return template.inputs().stream().anyMatch(Input::deletes);
  }
}
