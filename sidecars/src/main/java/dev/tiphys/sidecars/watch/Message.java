package dev.tiphys.sidecars.watch;

import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.Optional;

/** An event on its way: made, but for its signature. */
interface Message {
  /** Where it is to be posted. */
  URI sink();

  /** The event; the same each time but for its signature. */
  CloudEvent signed(RunKeys keys);

  /**
   * What takes its place after the sink has refused it; empty where it is no loss.
   *
   * @param status the HTTP status of the refusal
   */
  default Optional<CloudEvent> standIn(RunKeys keys, int status) {
    return Optional.empty();
  }
}
