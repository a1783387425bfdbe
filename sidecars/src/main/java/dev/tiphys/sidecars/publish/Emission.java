package dev.tiphys.sidecars.publish;

import dev.tiphys.triggers.json.Json;
import io.cloudevents.core.data.BytesCloudEventData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What becomes one event: its data, which know nothing of run, stream or number.
 *
 * @param data one JSON value in UTF-8
 */
public record Emission(BytesCloudEventData data) {
  /** Of something that Jackson writes. */
  public static Emission of(Object value) {
    try {
      return new Emission(BytesCloudEventData.wrap(Json.mapper().writeValueAsBytes(value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of data that are JSON already. */
  public static Emission ofJson(String json) {
    return new Emission(BytesCloudEventData.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }

  int size() {
    return data.toBytes().length;
  }
}
