package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.event.EventTypes;

/** Ensures that a workflow neither emits nor takes events of Tiphys's own types. */
final class ReservedEventTypes implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    EventInputs.all(workflow)
        .filter(input -> !input.watches())
        .forEach(input -> check(input.event().type(), found));
    workflow
        .templates()
        .tasks()
        .flatMap(task -> task.sidecars().stream())
        .forEach(sidecar -> check(sidecar.eventType(), found));
  }

  private static void check(Located<String> type, Diagnostics found) {
    if (type.value().startsWith(EventTypes.RESERVED_PREFIX)) {
      found.report(
          Code.RESERVED_EVENT_TYPE,
          type.at(),
          "event types that begin with `" + EventTypes.RESERVED_PREFIX + "` are Tiphys's own",
          "choose another type");
    }
  }
}
