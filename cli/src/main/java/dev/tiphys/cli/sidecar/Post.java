package dev.tiphys.cli.sidecar;

import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One POST that the sink has got.
 *
 * @param contentType empty if it had none
 * @param event empty if it was none that can be read
 * @param problem why it was none; empty if it was one
 * @param acknowledged whether it was answered with 2xx
 */
record Post(String contentType, Optional<CloudEvent> event, String problem, boolean acknowledged) {
  private static final byte[] NO_DATA = {};
  private static final String STRUCTURED = "application/cloudevents";

  static Post of(String contentType, CloudEvent event, boolean acknowledged) {
    return new Post(contentType, Optional.of(event), "", acknowledged);
  }

  static Post unreadable(String contentType, String problem) {
    return new Post(contentType, Optional.empty(), problem, false);
  }

  boolean binary() {
    return event.isPresent() && !contentType.startsWith(STRUCTURED);
  }

  /** Whether it ends a stream. */
  boolean marker() {
    return event.filter(Position::endsStream).isPresent();
  }

  String id() {
    return event.map(CloudEvent::getId).orElse("");
  }

  OptionalLong number() {
    return event
        .flatMap(Position::of)
        .map(place -> OptionalLong.of(place.sequence()))
        .orElse(OptionalLong.empty());
  }

  byte[] data() {
    CloudEventData data = event.isPresent() ? event.get().getData() : null;
    return data == null ? NO_DATA : data.toBytes();
  }
}
