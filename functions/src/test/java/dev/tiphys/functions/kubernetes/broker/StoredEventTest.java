package dev.tiphys.functions.kubernetes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredEventTest {
  @ParameterizedTest
  @ValueSource(strings = {"{ \"coin\" : \"heads\" }", "", "ä\n", "\u0000\u0001\u0002"})
  void keepsTextByteForByte(String text) {
    assertThat(roundTrip(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSignedEventIsVerifiedAfterItsObject() {
    // Given
    SigningKey key = new RunKeys(RootKey.random(new Random(1)), "uid").control();
    CloudEvent signed =
        key.sign(
            CloudEventBuilder.from(event("1", "{}".getBytes(StandardCharsets.UTF_8)))
                .withTime(OffsetDateTime.parse("2026-11-30T08:00:00.100+02:00"))
                .withSubject("Zürich 50%")
                .withExtension("flag", true)
                .withExtension("bytes", new byte[] {1, -1})
                .build());

    // When
    CloudEvent read = StoredEvent.read(StoredEvent.of("events", signed, 1)).orElseThrow();

    // Then
    assertThat(key.hasSigned(read)).isTrue();
  }

  @Test
  void keepsWhatIsNoText() {
    byte[] data = {(byte) 0xff, 0, 13, (byte) 0xc3};
    assertThat(roundTrip(data)).isEqualTo(data);
  }

  @Test
  void showsTextAsText() {
    // When
    EventSpec spec =
        StoredEvent.of("events", event("1", "{\"a\":1}".getBytes(StandardCharsets.UTF_8)), 1)
            .getSpec();

    // Then
    assertThat(spec.data()).isEqualTo("{\"a\":1}");
    assertThat(spec.dataBase64()).isNull();
    assertThat(spec.attributes()).containsEntry("type", "coin").containsEntry("workflowrun", "r-1");
  }

  @Test
  void anUnsignedEventDoesNotTakeThePlaceOfASignedOne() {
    // Given
    CloudEvent forged = event("1", new byte[] {1});
    CloudEvent signed = new RunKeys(RootKey.random(new Random(1)), "uid").control().sign(forged);

    // Then
    assertThat(StoredEvent.name("events", signed)).isNotEqualTo(StoredEvent.name("events", forged));
  }

  @Test
  void namesAnEventByItsIdentityAlone() {
    // Given
    CloudEvent event = event("1", new byte[] {1});

    // Then
    assertThat(StoredEvent.name("events", event))
        .isEqualTo(StoredEvent.name("events", event("1", new byte[] {2})))
        .isNotEqualTo(StoredEvent.name("events", event("2", new byte[] {1})))
        .isNotEqualTo(StoredEvent.name("others", event));
  }

  @Test
  void readsNothingFromWhatIsNoEvent() {
    // Given
    EventObject object = new EventObject();
    object.setSpec(new EventSpec("events", 1, new TreeMap<>(), "data", null));

    // Then
    assertThat(StoredEvent.read(object)).isEmpty();
  }

  @Test
  void readsNoEventWithAControlCharacterInAnAttribute() {
    assertThat(StoredEvent.read(StoredEvent.of("events", event("1\u0001", new byte[0]), 1)))
        .isEmpty();
  }

  private static byte[] roundTrip(byte[] data) {
    CloudEvent event = event("1", data);
    CloudEvent read = StoredEvent.read(StoredEvent.of("events", event, 1)).orElseThrow();
    assertThat(read.getExtension("workflowrun")).isEqualTo("r-1");
    assertThat(read.getTime()).isEqualTo(event.getTime());
    return read.getData() == null ? new byte[0] : read.getData().toBytes();
  }

  private static CloudEvent event(String id, byte[] data) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/me"))
        .withType("coin")
        .withTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
        .withExtension("workflowrun", "r-1")
        .withData("application/json", data)
        .build();
  }
}
