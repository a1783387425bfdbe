package dev.tiphys.triggers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signed event through HTTP, in both modes. */
class SignedEventsTest {
  private static final String JSON = "application/cloudevents+json";
  private static final SigningKey KEY = new RunKeys(RootKey.random(new Random(1)), "uid").control();

  static Stream<CloudEvent> events() {
    CloudEventBuilder plain =
        CloudEventBuilder.v1()
            .withId("uid/watch/stdout/1")
            .withSource(URI.create("/tiphys/coinflip/coinflip-1/flip%20coin/watch"))
            .withType("a%41b")
            .withExtension(Attributes.RUN, "coinflip-1");
    return Stream.of(
        plain.build(),
        // times that Java writes in several ways
        plain.newBuilder().withTime(OffsetDateTime.parse("2026-11-30T06:00:00Z")).build(),
        plain.newBuilder().withTime(OffsetDateTime.parse("2026-11-30T06:00:00.100Z")).build(),
        plain.newBuilder().withTime(OffsetDateTime.parse("2026-11-30T08:00+02:00")).build(),
        // types of attributes, which are text on their way
        plain
            .newBuilder()
            .withExtension("flag", true)
            .withExtension("number", 7)
            .withExtension("place", URI.create("http://example.com/%7Ea"))
            .withExtension("at", OffsetDateTime.parse("2026-11-30T06:00:00Z"))
            .withExtension("bytes", new byte[] {1, 2, (byte) 0xFF})
            .build(),
        // what a header has to encode
        plain.newBuilder().withSubject("Zürich \"50%\" 🙂").build(),
        plain
            .newBuilder()
            .withData(
                "application/json; charset=utf-8",
                "{\"content\":\"Zürich\"}".getBytes(StandardCharsets.UTF_8))
            .build(),
        plain
            .newBuilder()
            .withData("text/plain", "heads\n".getBytes(StandardCharsets.UTF_8))
            .build(),
        plain.newBuilder().withData("application/octet-stream", new byte[] {0, -1, 7}).build());
  }

  @ParameterizedTest
  @MethodSource("events")
  void isVerifiedAfterBinaryMode(CloudEvent event) {
    // Given
    CloudEvent signed = KEY.sign(event);
    Map<String, List<String>> headers = new HashMap<>();

    // When
    byte[] body = HttpEvents.write(signed, (name, value) -> headers.put(name, List.of(value)));
    CloudEvent carried = read(HttpEvents.read(headers, body));

    // Then
    assertThat(KEY.hasSigned(carried)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("events")
  void isVerifiedAfterStructuredMode(CloudEvent event) {
    // Given
    CloudEvent signed = KEY.sign(event);
    EventFormat format = EventFormatProvider.getInstance().resolveFormat(JSON);

    // When
    byte[] body = Objects.requireNonNull(format).serialize(signed);
    CloudEvent carried = read(HttpEvents.read(Map.of("Content-Type", List.of(JSON)), body));

    // Then
    assertThat(KEY.hasSigned(carried)).isTrue();
  }

  private static CloudEvent read(Received received) {
    return switch (received) {
      case Received.Event(CloudEvent event) -> event;
      case Received.Other other -> throw new AssertionError(other.toString());
      case Received.Malformed malformed -> throw new AssertionError(malformed.toString());
    };
  }
}
