package dev.tiphys.tests.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message is an event or is refused, and nothing is thrown. What the CloudEvents SDK reads of a
 * message without percent signs is the same event; what is written and read again is the same.
 */
final class EventOracle implements Oracle {
  private static final String CONTENT_TYPE = "content-type";
  private static final String STRUCTURED = "application/cloudevents";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  /** Needs no encoding, so the SDK, which knows of none, reads it as well. */
  private static final Pattern PLAIN = Pattern.compile("[!#$&-~]([ !#$&-~]*[!#$&-~])?");

  /** What no extension can be called; in version 0.3 some of these names were free. */
  private static final Set<String> CONTEXT = SpecVersion.V1.getAllAttributes();

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public void check(byte[] input) {
    HttpText message = HttpText.read(input);
    Received received = HttpEvents.read(message.headers(), message.body());
    Optional<CloudEvent> bySdk = plain(message).flatMap(it -> bySdk(it, message.body()));
    switch (received) {
      case Received.Event(CloudEvent event) -> {
        Expect.that(
            attributes(event).values().stream().allMatch(EventOracle::legal), event::toString);
        bySdk.ifPresent(it -> same(it, event, "as the SDK reads it"));
        again(event);
      }
      case Received.Malformed(int status, String detail) -> {
        Expect.that(status >= 400 && status < 500, () -> "a refusal's status: " + status);
        Expect.that(!detail.isBlank(), () -> "a refusal has a reason");
        Expect.that(
            bySdk.filter(event -> conforms(message, event)).isEmpty(),
            () -> "the SDK reads " + bySdk + ", and it was refused: " + detail);
      }
      case Received.Other() ->
          Expect.that(bySdk.isEmpty(), () -> "the SDK reads " + bySdk + ", and it was overlooked");
    }
  }

  /** The headers by lower-case name, if each is plain and there once. */
  private static Optional<Map<String, String>> plain(HttpText message) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : message.headers().entrySet()) {
      String value = header.getValue().getFirst();
      String before = headers.put(header.getKey().toLowerCase(Locale.ROOT), value);
      if (before != null || header.getValue().size() > 1 || !PLAIN.matcher(value).matches()) {
        return Optional.empty();
      }
    }
    // what a charset or an encoding makes of a body is not the SDK's business
    return headers.getOrDefault(CONTENT_TYPE, "").indexOf(';') >= 0
        ? Optional.empty()
        : Optional.of(headers);
  }

  private static Optional<CloudEvent> bySdk(Map<String, String> headers, byte[] body) {
    try {
      CloudEvent event = HttpMessageFactory.createReader(headers, body).toEvent();
      return Optional.of(CloudEventBuilder.v1(event).build());
    } catch (RuntimeException e) {
      // it throws whatever comes for what is no event
      return Optional.empty();
    }
  }

  /** Whether there is no reason to refuse it; the SDK is more patient than the specification. */
  private static boolean conforms(HttpText message, CloudEvent event) {
    boolean structured =
        message.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(CONTENT_TYPE))
            .anyMatch(header -> header.getValue().getFirst().startsWith(STRUCTURED));
    SortedMap<String, String> attributes = attributes(event);
    return (structured
            ? members(message.body())
            : names(message.headers().keySet()) && data(event, message.body()))
        && event.getExtensionNames().stream().noneMatch(CONTEXT::contains)
        && attributes.keySet().stream().allMatch(name -> NAME.matcher(name).matches())
        && attributes.values().stream().allMatch(value -> PLAIN.matcher(value).matches());
  }

  /**
   * Whether the data are UTF-8 where they are JSON, as they are where nobody says what they are.
   */
  private static boolean data(CloudEvent event, byte[] body) {
    String type = event.getDataContentType();
    return (type != null && !type.toLowerCase(Locale.ROOT).endsWith("json"))
        || Arrays.equals(
            new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), body);
  }

  /** Whether all that is said to be attributes are such as have a header. */
  private static boolean names(Set<String> headers) {
    return headers.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("ce-"))
        .map(name -> name.substring("ce-".length()))
        .allMatch(
            name ->
                NAME.matcher(name).matches()
                    && !name.equals("data")
                    && !name.equals("datacontenttype"));
  }

  /** Whether it is one object, with attributes of CloudEvents' types, and data of its own type. */
  private static boolean members(byte[] body) {
    try {
      JsonNode whole = STRICT.readTree(body);
      String type = whole.path("datacontenttype").asText("json");
      return whole.isObject()
          && !(whole.has("data") && whole.has("data_base64"))
          && (type.endsWith("json") || whole.path("data").isTextual() || !whole.has("data"))
          && whole.propertyStream().allMatch(EventOracle::member);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean member(Map.Entry<String, JsonNode> member) {
    JsonNode value = member.getValue();
    return switch (member.getKey()) {
      case "data" -> true;
      case "data_base64" -> value.isTextual();
      default -> value.isTextual() || value.isBoolean() || value.isInt();
    };
  }

  /** Any text, but for control characters, noncharacters and halves of pairs. */
  private static boolean legal(String value) {
    return value
        .codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || (c >= 0xD800 && c <= 0xDFFF)
                    || (c >= 0xFDD0 && c <= 0xFDEF)
                    || (c & 0xFFFF) >= 0xFFFE);
  }

  private static void again(CloudEvent event) {
    Map<String, List<String>> headers = new TreeMap<>();
    byte[] body = HttpEvents.write(event, (name, value) -> headers.put(name, List.of(value)));
    headers.forEach(
        (name, values) ->
            Expect.that(
                name.equalsIgnoreCase(CONTENT_TYPE)
                    || values.getFirst().chars().allMatch(c -> c >= ' ' && c < 0x7F),
                () -> "a header is printable ASCII: " + name + ": " + values));
    switch (HttpEvents.read(headers, body)) {
      case Received.Event(CloudEvent read) -> same(event, read, "written and read again");
      case Received.Other() -> throw new AssertionError("written, and overlooked: " + headers);
      case Received.Malformed(int status, String detail) ->
          throw new AssertionError("written, and refused: " + detail + ": " + headers);
    }
  }

  private static void same(CloudEvent expected, CloudEvent actual, String what) {
    Expect.same(attributes(expected), attributes(actual), what);
    byte[] expectedData = data(expected);
    byte[] actualData = data(actual);
    if (!Arrays.equals(expectedData, actualData)) {
      Expect.same(json(expectedData), json(actualData), what + ": the data");
    }
  }

  private static byte[] data(CloudEvent event) {
    return event.getData() == null ? new byte[0] : event.getData().toBytes();
  }

  /** Equal for numbers that are the same number, however written: the SDK writes them anew. */
  private static Object json(byte[] data) {
    try {
      return comparable(Json.parse(data));
    } catch (IOException e) {
      return Base64.getEncoder().encodeToString(data);
    }
  }

  private static Object comparable(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isArray()) {
      return node.valueStream().map(EventOracle::comparable).toList();
    }
    if (node.isObject()) {
      Map<String, Object> fields = new HashMap<>();
      node.forEachEntry((name, value) -> fields.put(name, comparable(value)));
      return fields;
    }
    return node;
  }

  /** All that is set, as text. */
  static SortedMap<String, String> attributes(CloudEvent event) {
    SortedMap<String, String> attributes = new TreeMap<>();
    Stream.concat(event.getAttributeNames().stream(), event.getExtensionNames().stream())
        .forEach(
            name -> {
              String value = Attributes.value(event, name);
              if (value != null) {
                attributes.put(name, value);
              }
            });
    return attributes;
  }
}
