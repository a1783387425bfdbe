package dev.tiphys.triggers.event;

import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.jackson.JsonCloudEventData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Data of events in structured mode, of which the SDK keeps numbers as binary fractions. */
public final class ExactData {
  private ExactData() {}

  /**
   * The event with its JSON data as it was written; any other event as it is.
   *
   * @param message the event as JSON, where it came in structured mode
   * @throws IOException if that is no JSON
   */
  public static CloudEvent in(CloudEvent event, byte[] message) throws IOException {
    if (!(event.getData() instanceof JsonCloudEventData)) {
      return event;
    }
    String data = Json.parse(message).path("data").toString();
    return CloudEventBuilder.from(event)
        .withData(BytesCloudEventData.wrap(data.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
