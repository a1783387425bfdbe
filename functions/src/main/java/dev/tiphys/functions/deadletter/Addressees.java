package dev.tiphys.functions.deadletter;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.RunParts.Owner;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells whose a dead letter is: the run's that has signed the event, else the plan's whose Trigger
 * gave up on it. So a stranger's letters take none of a run's room.
 */
record Addressees(Plans plans, Runs runs, Keys keys, InstantSource clock) {
  /**
   * Whose a letter is.
   *
   * @param run its name; empty: the plan's
   */
  record Addressee(Owner owner, String workflow, String run) {}

  /**
   * Empty if there is neither such a run nor such a plan: nobody could look the letter up.
   *
   * @param plan id of the plan whose Trigger gave up on it; empty: nobody says
   * @throws Unavailable if that cannot be told now
   */
  Optional<Addressee> of(String plan, CloudEvent event) {
    return signedRun(event)
        .map(run -> new Addressee(new Owner.OfRun(run.name()), run.workflow(), run.name()))
        .or(() -> ofPlan(plan));
  }

  private Optional<Addressee> ofPlan(String id) {
    try {
      return id.isEmpty()
          ? Optional.empty()
          : plans.find(id).map(plan -> new Addressee(new Owner.OfPlan(id), plan.workflow(), ""));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private Optional<Run> signedRun(CloudEvent event) {
    String name = Attributes.value(event, Attributes.RUN);
    return name == null || Signature.version(event).isEmpty()
        ? Optional.empty()
        : find(name)
            .filter(run -> keys.vouchFor(event, run.workflow(), run.name(), clock::instant));
  }

  private Optional<Run> find(String name) {
    try {
      return runs.find(name);
    } catch (Refused e) {
      // of another Tiphys
      return Optional.empty();
    }
  }
}
