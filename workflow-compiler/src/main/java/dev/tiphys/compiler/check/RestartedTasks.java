package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.UpdateStrategy;
import java.util.stream.Stream;

/**
 * Ensures that no event restarts an instance that an event has started: that stands for its own
 * event, of which nothing would be left.
 */
final class RestartedTasks implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .tasks()
        .filter(Template.Task::eventStarted)
        .forEach(task -> restarts(task).forEach(strategy -> report(task, strategy, found)));
  }

  private static Stream<Located<UpdateStrategy>> restarts(Template.Task task) {
    return task.inputs().stream()
        .flatMap(input -> input.event().stream())
        .flatMap(event -> Stream.ofNullable(event.updates()))
        .map(Input.Updates::strategy)
        .filter(strategy -> strategy != null && strategy.value() == UpdateStrategy.RESTART);
  }

  private static void report(
      Template.Task task, Located<UpdateStrategy> strategy, Diagnostics found) {
    found.report(
        Code.UNSUPPORTED_VALUE,
        strategy.at(),
        "restarting `" + task.name() + "`, which events start, is not supported yet",
        "leave `updateStrategy` out: the value changes in its file");
  }
}
