package dev.tiphys.triggers.event;

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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event in CloudEvents' JSON format. Its data are the bytes that were sent: the SDK would read
 * numbers and write them anew, and {@code 1.10} would become {@code 1.1}.
 */
public final class StructuredEvent {
  private static final String BOM = "\uFEFF";
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final String CONTENT_TYPE = "datacontenttype";

  /** It says otherwise that data are in base64. */
  private static final String VERSION_0_3 = "0.3";

  private static final String ENCODING_0_3 = "datacontentencoding";

  /** With all data in base64. */
  private static final JsonFormat BYTE_FOR_BYTE = new JsonFormat().withForceJsonDataToBase64();

  private final String json;
  private final ObjectNode members = Json.mapper().createObjectNode();
  private @Nullable String data;

  private StructuredEvent(String json) {
    this.json = json;
  }

  /** Whether a message of that content type is one. */
  public static boolean is(ContentType type) {
    return type.mediaType().equals(JsonFormat.CONTENT_TYPE);
  }

  /**
   * Reads one.
   *
   * @throws CharacterCodingException if the message is not text in its charset
   * @throws IOException if it is not one JSON object with members that an event has
   * @throws RuntimeException of many kinds, as the SDK does, if it is no event
   */
  public static CloudEvent read(byte[] message, Charset charset) throws IOException {
    String json = charset.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    StructuredEvent event = new StructuredEvent(json.startsWith(BOM) ? json.substring(1) : json);
    event.split();
    return event.event();
  }

  /**
   * Writes one, on a line. Its data are in base64, whatever they are: {@link #read} gives the bytes
   * that were signed.
   */
  public static byte[] write(CloudEvent event) {
    return BYTE_FOR_BYTE.serialize(event);
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
      case VALUE_STRING -> {
        String value = parser.getText();
        Optional<String> problem =
            name.equals(DATA_BASE64) ? Optional.empty() : AttributeText.problem(name, value);
        require(problem.isEmpty(), problem.orElse(""));
        members.put(name, value);
      }
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
    CloudEvent event = format().deserialize(Json.mapper().writeValueAsBytes(members));
    return bytes == null ? event : CloudEventBuilder.v1(event).withData(bytes).build();
  }

  private byte @Nullable [] bytes() throws IOException {
    String text = data;
    if (members.path("specversion").asText().equals(VERSION_0_3)) {
      if (members.path(ENCODING_0_3).asText().equals("base64")) {
        members.remove(ENCODING_0_3);
        return text == null ? null : base64(Json.mapper().readTree(text));
      }
    } else if (members.has(DATA_BASE64)) {
      require(text == null, "data and data_base64 exclude each other");
      return base64(members.remove(DATA_BASE64));
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

  private static byte[] base64(JsonNode value) throws IOException {
    require(value.isTextual(), "data in base64 are a text");
    return Base64.getDecoder().decode(value.textValue());
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
