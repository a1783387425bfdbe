package dev.tiphys.tests.simulation;

import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.List;

/** The events that tasks have published, without repeats and markers. */
final class PublishedEvents {
  private final List<CloudEvent> events = new ArrayList<>();

  void add(CloudEvent event) {
    if (!Position.endsStream(event)) {
      events.add(event);
    }
  }

  List<CloudEvent> all() {
    return events;
  }
}
