package dev.tiphys.functions;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * When an event came to its Broker: what orders a stop and the starts before it, which different
 * Triggers bring. Knative's own Broker stamps it; where it is not stamped the sender's word is
 * taken.
 */
final class Arrival {
  private Arrival() {}

  /** As stamped, else the event's own time; null where it has none. */
  static @Nullable OffsetDateTime of(CloudEvent event) {
    OffsetDateTime stamped = stamped(event);
    return stamped == null ? event.getTime() : stamped;
  }

  /** As stamped; null where it is not, or makes no sense. */
  static @Nullable OffsetDateTime stamped(CloudEvent event) {
    String text = Attributes.value(event, Attributes.ARRIVAL_TIME);
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
