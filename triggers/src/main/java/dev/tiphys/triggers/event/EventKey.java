package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;

/**
 * The identity of an event: {@code source} and {@code id} together, as the CloudEvents
 * specification has it.
 */
public record EventKey(String source, String id) {
  public static EventKey of(CloudEvent event) {
    return new EventKey(event.getSource().toString(), event.getId());
  }
}
