package dev.tiphys.triggers.delivery;

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
public record TimeToLive(int hops) {
  /** Knative's attribute, on events that come from another broker. */
  static final String ATTRIBUTE = "knativebrokerttl";

  private static final TimeToLive FRESH = new TimeToLive(255);

  /** A new event's; what an event brings along counts, less the hop that brought it here. */
  public static TimeToLive of(CloudEvent event) {
    String brought = Attributes.value(event, ATTRIBUTE);
    return brought == null ? FRESH : parse(brought).next();
  }

  /** A reply's. */
  public TimeToLive next() {
    return new TimeToLive(Math.max(0, hops - 1));
  }

  /** Whether an event ends here. */
  public boolean exhausted() {
    return hops == 0;
  }

  /** The event as Subscribers see it. */
  public static CloudEvent strip(CloudEvent event) {
    return event.getExtension(ATTRIBUTE) == null
        ? event
        : CloudEventBuilder.from(event).withoutExtension(ATTRIBUTE).build();
  }

  /** The event with it, for a carrier that has no other place to note it. */
  public CloudEvent stamp(CloudEvent event) {
    return equals(FRESH)
        ? event
        : CloudEventBuilder.from(event).withExtension(ATTRIBUTE, hops).build();
  }

  /** What {@link #stamp} has noted. */
  public static TimeToLive stamped(CloudEvent event) {
    String noted = Attributes.value(event, ATTRIBUTE);
    return noted == null ? FRESH : parse(noted);
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
