package dev.tiphys.triggers.contract;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events for tests. */
public final class Events {
  private Events() {}

  /** An event of that type with that id. */
  public static CloudEvent event(String type, String id) {
    return builder(type, id).build();
  }

  /** One that is kept in order with others of its key. */
  public static CloudEvent keyed(String type, String id, String key) {
    return builder(type, id).withExtension(Attributes.PARTITION_KEY, key).build();
  }

  /** One to add to. */
  public static CloudEventBuilder builder(String type, String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/contract"))
        .withType(type)
        .withDataContentType("application/json")
        .withData("{\"content\":\"heads\"}".getBytes(StandardCharsets.UTF_8));
  }

  /** The ids, in order. */
  public static List<String> ids(List<CloudEvent> events) {
    return events.stream().map(CloudEvent::getId).toList();
  }
}
