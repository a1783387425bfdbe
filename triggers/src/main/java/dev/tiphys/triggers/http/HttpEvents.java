package dev.tiphys.triggers.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tiphys.triggers.event.AttributeText;
import dev.tiphys.triggers.event.ContentType;
import dev.tiphys.triggers.event.StructuredEvent;
import dev.tiphys.triggers.event.VersionOne;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CloudEvents' HTTP Protocol Binding 1.0.2, for all that the project sends and takes: reads
 * messages in binary and in structured mode, with header names in any case; writes them in binary
 * mode. Version 0.3 is read as 1.0.
 */
public final class HttpEvents {
  private static final Logger log = LoggerFactory.getLogger(HttpEvents.class);
  private static final String CONTENT_TYPE = "content-type";
  private static final String CONTENT_ENCODING = "content-encoding";
  private static final String IDENTITY = "identity";
  private static final String PREFIX = "ce-";
  private static final String SPEC_VERSION = PREFIX + "specversion";
  private static final List<String> REQUIRED =
      List.of("ce-id", "ce-source", SPEC_VERSION, "ce-type");
  private static final String STRUCTURED = "application/cloudevents";
  private static final String BATCH = "application/cloudevents-batch";
  private static final String NOT_AN_EVENT =
      "not a CloudEvent: it needs specversion 1.0, id, type and a URI as source; a time is written"
          + " as RFC 3339 has it; attribute names are lower-case letters and digits";

  /** What an event has in its body or in another header, and never in one of its own. */
  private static final Set<String> OF_BODY = Set.of("data", "datacontenttype");

  /** RFC 8259, section 8.1, and what is part of it. */
  private static final Set<Charset> OF_JSON =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
  private static final byte[] NO_DATA = {};
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private HttpEvents() {}

  /**
   * Reads a message.
   *
   * @param headers values with a character for each byte, as servers and clients read them
   */
  public static Received read(Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> lowerCase = lowerCase(headers);
    List<String> contentTypes = lowerCase.getOrDefault(CONTENT_TYPE, List.of(""));
    if (contentTypes.size() > 1) {
      return malformed("there is more than one header content-type");
    }
    ContentType contentType = new ContentType(contentTypes.getFirst());
    boolean structured = contentType.mediaType().startsWith(STRUCTURED);
    if (!structured && !lowerCase.containsKey(SPEC_VERSION)) {
      return new Received.Other();
    }
    if (encoded(lowerCase)) {
      return unsupported("the body is encoded (Content-Encoding): send it as it is");
    }
    return structured ? structured(contentType, body) : binary(lowerCase, contentType, body);
  }

  /**
   * Writes an event in binary mode: its headers to the consumer; its data is returned.
   *
   * @throws IllegalArgumentException if an attribute holds half a surrogate pair
   */
  public static byte[] write(CloudEvent event, BiConsumer<String, String> headers) {
    AtomicReference<byte[]> data = new AtomicReference<>(NO_DATA);
    HttpMessageFactory.createWriter(
            (name, value) ->
                headers.accept(name, name.startsWith(PREFIX) ? HeaderValue.encode(value) : value),
            body -> data.set(body == null ? NO_DATA : body))
        .writeBinary(event);
    return data.get();
  }

  private static boolean encoded(Map<String, List<String>> headers) {
    for (String coding : headers.getOrDefault(CONTENT_ENCODING, List.of())) {
      if (!coding.strip().equalsIgnoreCase(IDENTITY)) {
        return true;
      }
    }
    return false;
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

  private static Received structured(ContentType contentType, byte[] body) {
    String mediaType = contentType.mediaType();
    if (mediaType.startsWith(BATCH)) {
      return unsupported("batches are not supported");
    }
    if (!StructuredEvent.is(contentType)) {
      return unsupported("the only event format is JSON");
    }
    Optional<Charset> charset = contentType.charset();
    if (charset.isEmpty()) {
      return unsupported("the charsets are UTF-8, UTF-16, ISO-8859-1 and US-ASCII");
    }
    try {
      return checked(StructuredEvent.read(body, charset.get()));
    } catch (CharacterCodingException e) {
      return malformed("the body is not text in its charset");
    } catch (JsonProcessingException e) {
      log.debug("not JSON", e);
      return malformed("the body is not one JSON object");
    } catch (IOException e) {
      return malformed("not a CloudEvent: " + e.getMessage());
    } catch (RuntimeException e) {
      return noEvent(e);
    }
  }

  private static Received binary(
      Map<String, List<String>> headers, ContentType contentType, byte[] body) {
    if (contentType.json() && contentType.charset().filter(OF_JSON::contains).isEmpty()) {
      // the data are the body as it was sent, which its signature covers: none is written anew
      return unsupported("JSON data in binary mode are UTF-8, whatever charset is named");
    }
    if (contentType.json() && !isUtf8(body)) {
      return malformed("the data are not UTF-8");
    }
    Map<String, String> single = new HashMap<>();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      String name = header.getKey();
      if (name.startsWith(PREFIX)) {
        String attribute = name.substring(PREFIX.length());
        if (!isName(attribute) || OF_BODY.contains(attribute)) {
          return malformed("a header ce-NAME names no attribute that has one");
        }
        if (header.getValue().size() > 1) {
          return malformed("an attribute is given more than once");
        }
        try {
          String value = HeaderValue.decode(header.getValue().getFirst());
          // here, as a URI that holds one fails without its name
          Optional<String> problem = AttributeText.problem(attribute, value);
          if (problem.isPresent()) {
            return malformed(problem.get());
          }
          single.put(name, value);
        } catch (CharacterCodingException e) {
          return malformed("the header " + name + " is not percent-encoded UTF-8");
        }
      } else if (name.equals(CONTENT_TYPE)) {
        single.put(name, header.getValue().getFirst());
      }
    }
    for (String header : REQUIRED) {
      if (!single.containsKey(header)) {
        return malformed("the header " + header + " is missing");
      }
    }
    try {
      return checked(HttpMessageFactory.createReader(single, body).toEvent());
    } catch (RuntimeException e) {
      return noEvent(e);
    }
  }

  /** Of one whose attributes hold what they may. */
  private static Received checked(CloudEvent read) {
    CloudEvent event = VersionOne.of(read);
    String contentType = event.getDataContentType();
    if (contentType != null && !PRINTABLE.matcher(contentType).matches()) {
      return malformed("datacontenttype is not a media type");
    }
    for (String name : event.getExtensionNames()) {
      if (!isName(name)) {
        return malformed("attribute names are lower-case letters and digits");
      }
    }
    return new Received.Event(event);
  }

  /** The SDK throws many kinds, NullPointerException among them, for what is no event. */
  private static Received noEvent(RuntimeException e) {
    log.debug("not a CloudEvent", e);
    return malformed(NOT_AN_EVENT);
  }

  /** Parsers of JSON take other bytes for characters, each as it likes. */
  private static boolean isUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char character = name.charAt(i);
      if ((character < 'a' || character > 'z') && (character < '0' || character > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static Received unsupported(String detail) {
    return new Received.Malformed(UNSUPPORTED_MEDIA_TYPE, detail);
  }

  private static Received malformed(String detail) {
    return new Received.Malformed(BAD_REQUEST, detail);
  }
}
