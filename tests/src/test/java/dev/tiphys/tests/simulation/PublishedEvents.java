package dev.tiphys.tests.simulation;

import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events that somebody has published and the broker has taken, without repeats and markers. */
final class PublishedEvents {
  private final Map<EventKey, CloudEvent> events = new LinkedHashMap<>();

  void add(CloudEvent event) {
    if (!Position.endsStream(event)) {
      events.putIfAbsent(EventKey.of(event), event);
    }
  }

  Collection<CloudEvent> all() {
    return events.values();
  }
}
