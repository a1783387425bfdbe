package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.contract.SigningKey;
import io.cloudevents.CloudEvent;
import java.net.URI;

/** A change of a watched object, on its way to a run. */
record ObjectMessage(URI sink, CloudEvent event) implements Message {
  @Override
  public CloudEvent signed(SigningKey key) {
    return key.sign(event);
  }
}
