package dev.tiphys.tests.fuzz;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Signature;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The input is a message. The event that it brings verifies once it is signed, over HTTP too and
 * with what carriers add; with anything else changed, moved from one attribute to another or to the
 * data, added, or taken away it does not, and it is another event then.
 */
final class SignatureOracle implements Oracle {
  private static final SigningKey KEY = SigningKey.parse("1." + "k".repeat(43)).orElseThrow();
  private static final SigningKey OTHER = SigningKey.parse("1." + "l".repeat(43)).orElseThrow();
  private static final SigningKey OTHER_VERSION =
      SigningKey.parse("2." + "k".repeat(43)).orElseThrow();

  private static final Set<String> REQUIRED = Set.of("id", "type", "source", "specversion");

  /** They have a syntax of their own. */
  private static final Set<String> TYPED =
      Set.of("source", "specversion", "time", "datacontenttype", "dataschema");

  /** Names that mean something, and such as are nearly a carrier's. */
  private static final List<String> ADDED =
      List.of(
          "subject",
          "zone",
          "refused",
          "sequence",
          "knativ",
          "traceparents",
          "tracestat",
          "tiphys");

  /** What may be added on an event's way, beside what Knative names as its own. */
  private static final Set<String> CARRIERS = Set.of("traceparent", "tracestate", "tiphysplan");

  @Override
  public void check(byte[] input) {
    HttpText message = HttpText.read(input);
    if (HttpEvents.read(message.headers(), message.body()) instanceof Received.Event(var event)) {
      check(event);
    }
  }

  private static void check(CloudEvent event) {
    CloudEvent signed = KEY.sign(event);
    Expect.that(KEY.hasSigned(signed), () -> "it is signed: " + signed);
    Expect.that(!OTHER.hasSigned(signed), () -> "another key has not: " + signed);
    Expect.that(!OTHER_VERSION.hasSigned(signed), () -> "another version has not: " + signed);
    CloudEvent arrived = overHttp(carried(signed));
    Expect.that(KEY.hasSigned(arrived), () -> "over HTTP: " + signed);
    String fingerprint = Signature.fingerprint(signed);
    Expect.that(
        fingerprint.equals(Signature.fingerprint(arrived)), () -> "the same over HTTP: " + signed);
    for (CloudEvent changed : changed(signed)) {
      Expect.that(
          !KEY.hasSigned(changed),
          () -> "nobody has signed %s, only %s".formatted(changed, signed));
      Expect.that(
          !fingerprint.equals(Signature.fingerprint(changed)),
          () -> "two events: %s and %s".formatted(changed, signed));
    }
  }

  /** As a broker may hand it on: with attributes of its own, and the same instant in UTC. */
  private static CloudEvent carried(CloudEvent event) {
    var builder =
        CloudEventBuilder.v1(event)
            .withExtension("knativearrivaltime", "2026-01-02T03:04:05Z")
            .withExtension("tracestate", "a=b")
            .withExtension("tiphysplan", "w-p")
            .withExtension(
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    return event.getTime() == null
        ? builder.build()
        : builder.withTime(event.getTime().withOffsetSameInstant(ZoneOffset.UTC)).build();
  }

  private static CloudEvent overHttp(CloudEvent event) {
    Map<String, List<String>> headers = new TreeMap<>();
    byte[] body = HttpEvents.write(event, (name, value) -> headers.put(name, List.of(value)));
    if (HttpEvents.read(headers, body) instanceof Received.Event(var read)) {
      return read;
    }
    throw new AssertionError("written, and not read: " + event);
  }

  private static List<CloudEvent> changed(CloudEvent event) {
    List<CloudEvent> changed = new ArrayList<>();
    List<String> names =
        EventOracle.attributes(event).keySet().stream()
            .filter(name -> !name.equals(Attributes.SIGNATURE))
            .filter(name -> !name.startsWith("knative") && !CARRIERS.contains(name))
            .toList();
    ADDED.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> changed.add(with(event, name, "")));
    String before = null;
    for (String name : names) {
      String value = String.valueOf(EventOracle.attributes(event).get(name));
      if (!REQUIRED.contains(name)) {
        changed.add(without(event, name));
      }
      if (TYPED.contains(name)) {
        changed.addAll(retyped(event, name));
        continue;
      }
      changed.add(with(event, name, value + "1"));
      if (value.length() > 1) {
        changed.add(with(event, name, value.substring(1)));
        if (before != null) {
          String longer = Attributes.value(event, before) + value.charAt(0);
          changed.add(with(with(event, name, value.substring(1)), before, longer));
        }
      }
      if (before != null && !REQUIRED.contains(name)) {
        String longer = Attributes.value(event, before) + name + value;
        changed.add(with(without(event, name), before, longer));
      }
      before = name;
    }
    byte[] data = event.getData() == null ? new byte[0] : event.getData().toBytes();
    changed.add(withData(event, Arrays.copyOf(data, data.length + 1)));
    if (data.length > 0) {
      byte[] other = data.clone();
      other[data.length / 2] ^= 1;
      changed.add(withData(event, other));
      changed.add(withData(event, Arrays.copyOf(data, data.length - 1)));
    }
    if (before != null && data.length > 0 && data[0] > ' ') {
      String longer = Attributes.value(event, before) + (char) data[0];
      byte[] rest = Arrays.copyOfRange(data, 1, data.length);
      changed.add(with(withData(event, rest), before, longer));
    }
    return changed;
  }

  private static List<CloudEvent> retyped(CloudEvent event, String name) {
    var builder = CloudEventBuilder.v1(event);
    return switch (name) {
      case "source" -> List.of(builder.withSource(longer(event.getSource())).build());
      case "dataschema" ->
          event.getDataSchema() == null
              ? List.of()
              : List.of(builder.withDataSchema(longer(event.getDataSchema())).build());
      case "datacontenttype" ->
          List.of(builder.withDataContentType(event.getDataContentType() + "1").build());
      case "time" ->
          event.getTime() == null
              ? List.of()
              : List.of(builder.withTime(event.getTime().plusNanos(1)).build());
      default -> List.of();
    };
  }

  /** Its fragment may be any text. */
  private static URI longer(URI uri) {
    return URI.create(uri + (uri.getRawFragment() == null ? "#1" : "1"));
  }

  private static CloudEvent with(CloudEvent event, String name, String value) {
    var builder = CloudEventBuilder.v1(event);
    return switch (name) {
      case "id" -> builder.withId(value).build();
      case "type" -> builder.withType(value).build();
      case "subject" -> builder.withSubject(value).build();
      default -> builder.withExtension(name, value).build();
    };
  }

  private static CloudEvent without(CloudEvent event, String name) {
    var builder = CloudEventBuilder.v1(event);
    return switch (name) {
      case "subject" -> builder.withSubject(null).build();
      case "time" -> builder.withTime(null).build();
      case "dataschema" -> builder.withDataSchema(null).build();
      case "datacontenttype" -> builder.withDataContentType(null).build();
      default -> builder.withoutExtension(name).build();
    };
  }

  private static CloudEvent withData(CloudEvent event, byte[] data) {
    return CloudEventBuilder.v1(event).withData(data).build();
  }
}
