package dev.tiphys.functions.shell;

import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.functions.port.Unavailable;
import io.cloudevents.CloudEvent;

/** Takes events that a broker gave up on. */
@FunctionalInterface
interface DeadLetterSink {
  /** Keeps nothing. */
  DeadLetterSink NONE = (plan, letter, refusal) -> {};

  /**
   * Keeps one, or counts it.
   *
   * @param plan id of the plan whose Trigger gave up on it; empty: the path names none
   * @throws Unavailable if it is to come again
   */
  void keep(String plan, CloudEvent letter, Refusal refusal);
}
