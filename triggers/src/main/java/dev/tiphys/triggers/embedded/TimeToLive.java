package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How many times more an event may be answered by another: it breaks loops of replies. Like
 * Knative's it is no Subscriber's business, so it travels beside the event.
 *
 * @param hops at least 0
 */
record TimeToLive(int hops) {
  /** Knative's attribute, on events that come from another broker. */
  static final String ATTRIBUTE = "knativebrokerttl";

  private static final TimeToLive FRESH = new TimeToLive(255);

  /** A new event's; what an event brings along counts, less the hop that brought it here. */
  static TimeToLive of(CloudEvent event) {
    String brought = Attributes.value(event, ATTRIBUTE);
    return brought == null ? FRESH : parse(brought).next();
  }

  /** A reply's. */
  TimeToLive next() {
    return new TimeToLive(Math.max(0, hops - 1));
  }

  boolean exhausted() {
    return hops == 0;
  }

  /** The event as Subscribers see it. */
  static CloudEvent strip(CloudEvent event) {
    return event.getExtension(ATTRIBUTE) == null
        ? event
        : CloudEventBuilder.from(event).withoutExtension(ATTRIBUTE).build();
  }

  private static TimeToLive parse(@Nullable String text) {
    try {
      int hops = Integer.parseInt(text);
      return new TimeToLive(Math.clamp(hops, 0, FRESH.hops));
    } catch (NumberFormatException e) {
      return FRESH;
    }
  }
}
