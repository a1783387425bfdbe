package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;

/** An event in one Trigger's lane, or on its way there. */
record Entry(CloudEvent event, TimeToLive timeToLive, Publication publication) {
  /** What is kept in order: events of one partition key; else those of one source. */
  String key() {
    String key = Attributes.value(event, Attributes.PARTITION_KEY);
    return key == null ? event.getSource().toString() : key;
  }
}
