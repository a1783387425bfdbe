package dev.tiphys.sidecars.watch;

import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.net.URI;

/** A change of a watched object, on its way to a run. */
record ObjectMessage(URI sink, CloudEvent event) implements Message {
  @Override
  public CloudEvent signed(RunKeys keys) {
    return keys.control().sign(event);
  }
}
