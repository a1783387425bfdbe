package dev.tiphys.functions;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.time.Duration;

/** Learns what the functions do. It is told by whichever thread does it, and must be quick. */
public interface ReactionObserver {
  /** One that wants to know nothing. */
  ReactionObserver NONE = new ReactionObserver() {};

  /** A decision was made, and took so long, without reading and writing. */
  default void decided(Reaction reaction, Duration took) {}

  /**
   * An event had its fate at one who listens to it; told when the run has it, and once at least.
   *
   * @param event as it was believed: with the id and source of the one that was delivered
   */
  default void fated(CloudEvent event, String run, String listener, Fate fate) {}

  /** An event meant nothing to a function, for no run or not to be believed, and is done with. */
  default void passed(CloudEvent event, Reaction reaction) {}
}
