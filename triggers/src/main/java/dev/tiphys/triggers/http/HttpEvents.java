package dev.tiphys.triggers.http;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.ExactData;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads CloudEvents from HTTP messages, in binary and in structured mode, with header names in any
 * case; writes them in binary mode. Version 0.3 is read as 1.0.
 */
public final class HttpEvents {
  private static final Logger log = LoggerFactory.getLogger(HttpEvents.class);
  private static final String CONTENT_TYPE = "content-type";
  private static final String PREFIX = "ce-";
  private static final String SPEC_VERSION = PREFIX + "specversion";
  private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");
  private static final String STRUCTURED = "application/cloudevents";
  private static final String BATCH = "application/cloudevents-batch";
  private static final String NOT_AN_EVENT =
      "not a CloudEvent: it needs specversion 1.0, id, type and a URI as source; a time is written"
          + " as RFC 3339 has it; attribute names are lower-case letters and digits";
  private static final byte[] NO_DATA = {};
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private HttpEvents() {}

  /** Reads a message. */
  public static Received read(Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> lowerCase = lowerCase(headers);
    String mediaType = mediaType(lowerCase);
    if (mediaType.startsWith(STRUCTURED)) {
      return structured(mediaType, body);
    }
    return lowerCase.containsKey(SPEC_VERSION) ? binary(lowerCase, body) : new Received.Other();
  }

  /** Writes an event in binary mode: its headers to the consumer; its data is returned. */
  public static byte[] write(CloudEvent event, BiConsumer<String, String> headers) {
    AtomicReference<byte[]> data = new AtomicReference<>(NO_DATA);
    HttpMessageFactory.createWriter(
            (name, value) ->
                headers.accept(name, name.startsWith(PREFIX) ? HeaderValue.encode(value) : value),
            body -> data.set(body == null ? NO_DATA : body))
        .writeBinary(event);
    return data.get();
  }

  private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
    Map<String, List<String>> lowerCase = new HashMap<>();
    headers.forEach(
        (name, values) -> lowerCase.merge(name.toLowerCase(Locale.ROOT), values, HttpEvents::both));
    return lowerCase;
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static String mediaType(Map<String, List<String>> headers) {
    String contentType = headers.getOrDefault(CONTENT_TYPE, List.of("")).getFirst();
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static Received structured(String mediaType, byte[] body) {
    if (mediaType.startsWith(BATCH)) {
      return new Received.Malformed(UNSUPPORTED_MEDIA_TYPE, "batches are not supported");
    }
    if (!EventFormatProvider.getInstance().getContentTypes().contains(mediaType)) {
      return new Received.Malformed(UNSUPPORTED_MEDIA_TYPE, "the only event format is JSON");
    }
    try {
      // the SDK overlooks what comes after the first JSON value
      Json.parse(body);
    } catch (IOException e) {
      log.debug("not JSON", e);
      return malformed("the body is not one JSON object");
    }
    return parse(Map.of(CONTENT_TYPE, mediaType), body);
  }

  private static Received binary(Map<String, List<String>> headers, byte[] body) {
    Map<String, String> single = new HashMap<>();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      String name = header.getKey();
      if (name.startsWith(PREFIX) && header.getValue().size() > 1) {
        return malformed("an attribute is given more than once");
      }
      if (name.startsWith(PREFIX)) {
        single.put(name, HeaderValue.decode(header.getValue().getFirst()));
      } else if (name.equals(CONTENT_TYPE)) {
        single.put(name, header.getValue().getFirst());
      }
    }
    return REQUIRED.stream()
        .filter(name -> single.getOrDefault(PREFIX + name, "").isBlank())
        .findFirst()
        .map(missing -> malformed("the header " + PREFIX + missing + " is missing or empty"))
        .orElseGet(() -> parse(single, body));
  }

  private static Received parse(Map<String, String> headers, byte[] body) {
    try {
      CloudEvent event =
          ExactData.in(
              CloudEventBuilder.v1(HttpMessageFactory.createReader(headers, body).toEvent())
                  .build(),
              body);
      if (event.getId().isBlank() || event.getType().isBlank()) {
        return malformed("id or type is empty");
      }
      return wellFormed(event)
          ? new Received.Event(event)
          : malformed("an attribute holds a control character");
    } catch (IOException | RuntimeException e) {
      // the SDK throws many kinds, NullPointerException among them, for what is no event
      log.debug("not a CloudEvent", e);
      return malformed(NOT_AN_EVENT);
    }
  }

  /** Attribute values hold no control characters (CloudEvents 1.0, section 3.1). */
  private static boolean wellFormed(CloudEvent event) {
    return Stream.concat(event.getAttributeNames().stream(), event.getExtensionNames().stream())
        .map(name -> Attributes.value(event, name))
        .noneMatch(value -> value != null && value.chars().anyMatch(Character::isISOControl));
  }

  private static Received malformed(String detail) {
    return new Received.Malformed(BAD_REQUEST, detail);
  }
}
