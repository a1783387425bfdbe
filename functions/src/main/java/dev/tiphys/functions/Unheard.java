package dev.tiphys.functions;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import java.util.Optional;

/** What an event from outside would have done, had a run been active. */
final class Unheard {
  private Unheard() {}

  /**
   * The function that tells that the event is lost where no run is active. It is one, so that an
   * event which several Triggers bring becomes one dead letter. Empty if nothing is lost: where
   * nothing runs nothing is left to stop, and what begins a run is not for those before it.
   */
  static Optional<Reaction> toldBy(RuleIndex rules, CloudEvent event) {
    if (ofAnotherWorkflow(event)
        || Position.endsStream(event)
        || Position.standsIn(event)
        || !rules.firedBy(event, Rule.Begin.class).isEmpty()) {
      return Optional.empty();
    }
    if (!rules.firedBy(event, Rule.Start.class).isEmpty()) {
      return Optional.of(Reaction.START);
    }
    return rules.firedBy(event, Rule.Update.class).isEmpty()
        ? Optional.empty()
        : Optional.of(Reaction.UPDATE);
  }

  /** Workflows can share a Broker, so it may be for its own run alone, which has taken it. */
  private static boolean ofAnotherWorkflow(CloudEvent event) {
    return Attributes.value(event, Attributes.RUN) != null;
  }
}
