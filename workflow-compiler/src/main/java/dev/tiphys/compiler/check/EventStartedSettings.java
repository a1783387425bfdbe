package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import org.jspecify.annotations.Nullable;

/** Ensures that limits of instances stand only where events start instances. */
final class EventStartedSettings implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .tasks()
        .filter(task -> !task.eventStarted())
        .filter(task -> task.inputs().stream().noneMatch(i -> i.origin() instanceof Input.Broken))
        .forEach(
            task -> {
              check(task, task.parallelism(), "parallelism", found);
              check(task, task.concurrencyPolicy(), "concurrencyPolicy", found);
            });
  }

  private static void check(
      Template.Task task, @Nullable Located<?> setting, String name, Diagnostics found) {
    if (setting != null) {
      found.report(
          Code.NOT_EVENT_STARTED,
          setting.at(),
          "`" + name + "` has no meaning on `" + task.name() + "`, which no event starts",
          "remove it, or add an input with `eventPolicy: create`");
    }
  }
}
