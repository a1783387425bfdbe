package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Signature;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The input is a message. The event that it brings verifies once it is signed, over HTTP too; with
 * anything changed, moved from one attribute to another, added, or taken away it does not.
 */
final class SignatureOracle implements Oracle {
  private static final byte[] KEY = "the run's key".getBytes(US_ASCII);
  private static final byte[] OTHER_KEY = "the run's kez".getBytes(US_ASCII);

  /** What a signature says; changed to other texts that are allowed there. */
  private static final List<String> SIGNED =
      List.of(
          "id",
          "type",
          "subject",
          Attributes.RUN,
          Attributes.SEQUENCE,
          Attributes.END_OF_STREAM,
          Attributes.REFUSED);

  private static final Set<String> REQUIRED = Set.of("id", "type");

  @Override
  public void check(byte[] input) {
    HttpText message = HttpText.read(input);
    if (HttpEvents.read(message.headers(), message.body()) instanceof Received.Event(var event)) {
      check(event);
    }
  }

  private static void check(CloudEvent event) {
    CloudEvent signed = Signature.sign(event, KEY);
    Expect.that(Signature.verify(signed, KEY), () -> "it is signed: " + signed);
    Expect.that(!Signature.verify(signed, OTHER_KEY), () -> "another key has not: " + signed);
    Expect.that(Signature.verify(overHttp(signed), KEY), () -> "over HTTP: " + signed);
    for (CloudEvent changed : changed(signed)) {
      Expect.that(
          !Signature.verify(changed, KEY),
          () -> "nobody has signed %s, only %s".formatted(changed, signed));
    }
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
    for (String name : SIGNED) {
      String value = Attributes.value(event, name);
      if (value == null) {
        changed.add(with(event, name, "1"));
        continue;
      }
      changed.add(with(event, name, value + "1"));
      changed.add(with(event, name, value + "\n"));
      if (!REQUIRED.contains(name) && !value.isEmpty()) {
        changed.add(without(event, name));
      }
      if (value.length() > 1) {
        changed.add(with(event, name, value.substring(1)));
        next(event, name, value).ifPresent(changed::add);
      }
    }
    byte[] data = event.getData() == null ? new byte[0] : event.getData().toBytes();
    changed.add(withData(event, Arrays.copyOf(data, data.length + 1)));
    if (data.length > 0) {
      byte[] other = data.clone();
      other[data.length / 2] ^= 1;
      changed.add(withData(event, other));
      changed.add(withData(event, Arrays.copyOf(data, data.length - 1)));
    }
    return changed;
  }

  /** The last character of one attribute becomes the first of the next one. */
  private static Optional<CloudEvent> next(CloudEvent event, String name, String value) {
    return SIGNED.stream()
        .skip(SIGNED.indexOf(name) + 1L)
        .filter(other -> Attributes.value(event, other) != null)
        .findFirst()
        .map(
            other ->
                with(
                    with(event, name, value.substring(0, value.length() - 1)),
                    other,
                    value.charAt(value.length() - 1) + Attributes.value(event, other)));
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
    return name.equals("subject")
        ? CloudEventBuilder.v1(event).withSubject(null).build()
        : CloudEventBuilder.v1(event).withoutExtension(name).build();
  }

  private static CloudEvent withData(CloudEvent event, byte[] data) {
    return CloudEventBuilder.v1(event).withData(data).build();
  }
}
