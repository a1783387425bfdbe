package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;

/** An event in one Trigger's lane, or on its way there. */
public record Entry(CloudEvent event, TimeToLive timeToLive, Sender sender) {
  /** Who gave the event to the lane. Told without locks, on many threads: it is quick. */
  public interface Sender {
    /** The lane has room for it. */
    default void admitted() {}

    /** The lanes were closed before there was room. */
    default void refused() {}

    /** Its turn has come; false if it is not wanted any more, and the lane passes over it. */
    default boolean begin() {
      return true;
    }

    /** It was delivered, or dead-lettered, or lost for want of a dead-letter sink. */
    default void ended() {}

    /** Whether a dead-letter sink is asked until it takes the event, however long that takes. */
    default boolean insists() {
      return false;
    }
  }

  /** What is kept in order: events of one partition key; else those of one source. */
  public static String key(CloudEvent event) {
    String key = Attributes.value(event, Attributes.PARTITION_KEY);
    return key == null ? event.getSource().toString() : key;
  }

  String key() {
    return key(event);
  }
}
