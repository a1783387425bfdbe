package dev.tiphys.triggers.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path into an event's JSON data: {@code content}, {@code spec.replicas}, {@code
 * items[0].name}. A name that the data lacks is looked up among the context attributes.
 */
public final class ObjectField {
  private static final Pattern SYNTAX =
      Pattern.compile("[^.\\[\\]/~]+(\\[\\d{1,9}])*(\\.[^.\\[\\]/~]+(\\[\\d{1,9}])*)*");
  private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");

  private final String path;
  private final JsonPointer pointer;

  private ObjectField(String path) {
    this.path = path;
    StringBuilder json = new StringBuilder();
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      json.append('/').append(steps.group());
    }
    this.pointer = JsonPointer.compile(json.toString());
  }

  /** Empty if the text is not such a path. */
  public static Optional<ObjectField> parse(String path) {
    return SYNTAX.matcher(path).matches() ? Optional.of(new ObjectField(path)) : Optional.empty();
  }

  @JsonCreator
  static ObjectField of(String path) {
    return parse(path).orElseThrow(() -> new IllegalArgumentException("not a path: " + path));
  }

  /** The path as it was written. */
  @JsonValue
  public String path() {
    return path;
  }

  /**
   * The value as text: a string as it is, a number as it was written, anything else as JSON. Empty
   * if the event has none: the data lacks it, or is not JSON, and no attribute has that name.
   */
  public Optional<String> valueIn(CloudEvent event) {
    return jsonIn(event).map(ObjectField::text);
  }

  /** The value as JSON; that of an attribute is a text. Empty if the event has none. */
  public Optional<JsonNode> jsonIn(CloudEvent event) {
    return inData(event)
        .or(() -> Optional.ofNullable(Attributes.value(event, path)).map(TextNode::valueOf));
  }

  /** The value within an object, likewise. */
  public Optional<String> valueIn(JsonNode object) {
    return jsonIn(object).map(ObjectField::text);
  }

  private Optional<JsonNode> jsonIn(JsonNode object) {
    JsonNode value = object.at(pointer);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** The whole data as text, for an input that names no field; empty text where there is none. */
  public static String wholeData(CloudEvent event) {
    return event.getData() == null
        ? ""
        : new String(event.getData().toBytes(), StandardCharsets.UTF_8);
  }

  /** The whole data as JSON; what is no JSON is a text. */
  public static JsonNode wholeJson(CloudEvent event) {
    try {
      JsonNode data =
          event.getData() == null
              ? MissingNode.getInstance()
              : Json.parse(event.getData().toBytes());
      return data.isMissingNode() ? TextNode.valueOf(wholeData(event)) : data;
    } catch (IOException e) {
      return TextNode.valueOf(wholeData(event));
    }
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private Optional<JsonNode> inData(CloudEvent event) {
    if (event.getData() == null) {
      return Optional.empty();
    }
    try {
      return jsonIn(Json.parse(event.getData().toBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectField field && field.path.equals(path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }
}
