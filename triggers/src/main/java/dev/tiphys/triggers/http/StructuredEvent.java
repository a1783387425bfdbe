package dev.tiphys.triggers.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event in CloudEvents' JSON format. Its data are the bytes that were sent: the SDK would read
 * numbers and write them anew, and {@code 1.10} would become {@code 1.1}.
 */
final class StructuredEvent {
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final String CONTENT_TYPE = "datacontenttype";

  /** Only this one of the SDK's earlier formats has another name for data that is not text. */
  private static final String VERSION_0_3 = "0.3";

  private final String json;
  private final ObjectNode members = Json.mapper().createObjectNode();
  private @Nullable String data;

  private StructuredEvent(String json) {
    this.json = json;
  }

  /**
   * Reads one.
   *
   * @throws IOException if the text is not one JSON object with members that an event has
   * @throws RuntimeException of many kinds, as the SDK does, if it is no event
   */
  static CloudEvent read(String json) throws IOException {
    StructuredEvent event = new StructuredEvent(json);
    event.split();
    return VERSION_0_3.equals(event.members.path("specversion").textValue())
        ? format().deserialize(json.getBytes(StandardCharsets.UTF_8))
        : event.event();
  }

  /** Looks where data begin and end, and reads the other members. */
  private void split() throws IOException {
    try (JsonParser parser = Json.mapper().createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "the body is not one JSON object");
      Set<String> names = new HashSet<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        require(names.add(name), "a member is there twice");
        parser.nextToken();
        if (name.equals(DATA)) {
          data = value(parser);
        } else {
          member(name, parser);
        }
      }
      require(parser.nextToken() == null, "something follows the JSON object");
    }
  }

  private String value(JsonParser parser) throws IOException {
    int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    parser.skipChildren();
    // reads a text to its end
    parser.finishToken();
    return json.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
  }

  private void member(String name, JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> members.put(name, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> members.put(name, parser.getBooleanValue());
      // as if it was not there
      case VALUE_NULL -> {}
      case null, default -> {
        require(
            parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT,
            "an attribute is a text, a boolean or a whole number of 32 bits");
        members.put(name, parser.getIntValue());
      }
    }
  }

  private CloudEvent event() throws IOException {
    byte[] bytes = bytes();
    members.remove(DATA_BASE64);
    CloudEvent event = format().deserialize(Json.mapper().writeValueAsBytes(members));
    return bytes == null ? event : CloudEventBuilder.v1(event).withData(bytes).build();
  }

  private byte @Nullable [] bytes() throws IOException {
    JsonNode base64 = members.get(DATA_BASE64);
    String text = data;
    if (base64 != null) {
      require(text == null, "data and data_base64 exclude each other");
      require(base64.isTextual(), "data_base64 is a text");
      return Base64.getDecoder().decode(base64.textValue());
    }
    if (text == null) {
      return null;
    }
    if (!members.has(CONTENT_TYPE)) {
      // CloudEvents JSON Format 1.0.2, section 3.1
      members.put(CONTENT_TYPE, "application/json");
    }
    if (new ContentType(members.path(CONTENT_TYPE).asText("")).json()) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    JsonNode value = Json.mapper().readTree(text);
    require(value.isTextual(), "data that are not JSON are a text, or in data_base64");
    return value.textValue().getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  private static EventFormat format() {
    return Objects.requireNonNull(
        EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
  }
}
