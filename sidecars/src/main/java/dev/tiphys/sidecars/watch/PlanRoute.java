package dev.tiphys.sidecars.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Trigger, or an EventPolicy, that one plan needs.
 *
 * @param workflow the label's value
 * @param plan the label's value
 * @param begins whether it has runs begun: of these there is one for a workflow, and it is of the
 *     plan that was applied last
 * @param retiredAt since when it is on its way out; null: it is not
 */
record PlanRoute(
    Kind kind,
    String name,
    String workflow,
    String plan,
    boolean begins,
    @Nullable Instant retiredAt) {

  /** What it is. */
  enum Kind {
    TRIGGER,
    EVENT_POLICY
  }
}
