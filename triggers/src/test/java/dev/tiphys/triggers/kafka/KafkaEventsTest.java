package dev.tiphys.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEventsTest {
  @Test
  void aSignedEventIsVerifiedAfterItsRecord() {
    // Given
    SigningKey key = new RunKeys(RootKey.random(new Random(1)), "uid").control();
    CloudEvent signed =
        key.sign(
            CloudEventBuilder.v1()
                .withId("1")
                .withSource(URI.create("/tiphys/a%20b"))
                .withType("coin")
                .withSubject("Zürich 50%")
                .withTime(OffsetDateTime.parse("2026-11-30T08:00:00.100+02:00"))
                .withExtension(Attributes.RUN, "coinflip-1")
                .withExtension(Attributes.PARTITION_KEY, "coinflip-1")
                .withExtension(Attributes.END_OF_STREAM, true)
                .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .build());

    // When
    ProducerRecord<String, byte[]> sent = KafkaEvents.record("events", signed);
    Optional<CloudEvent> read = KafkaEvents.read(received(sent));

    // Then
    assertThat(read).hasValueSatisfying(event -> assertThat(key.hasSigned(event)).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3", "1.0"})
  @DisplayName("C1: a number of an event in structured mode keeps its own text")
  void aNumberInStructuredModeKeepsItsOwnText(String version) {
    // When
    Optional<CloudEvent> read =
        KafkaEvents.read(
            structured(
                "{\"specversion\": \"%s\", \"id\": \"1\", \"source\": \"/me\", \"type\": \"order\", \"data\": {\"n\": 1.10}}"
                    .formatted(version)));

    // Then
    assertThat(
            read.map(
                event ->
                    new String(
                        Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8)))
        .hasValue("{\"n\": 1.10}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"specversion\": \"0.3\", \"datacontentencoding\": \"base64\", \"data\": \"aGk=\"",
        "\"specversion\": \"1.0\", \"data_base64\": \"aGk=\"",
        "\"specversion\": \"1.0\", \"datacontenttype\": \"text/plain\", \"data\": \"hi\""
      })
  void dataInStructuredModeAreTheBytesThatAreMeant(String members) {
    // When
    Optional<CloudEvent> read =
        KafkaEvents.read(
            structured(
                "{\"id\": \"1\", \"source\": \"/me\", \"type\": \"order\", " + members + "}"));

    // Then
    assertThat(
            read.map(
                event ->
                    new String(
                        Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8)))
        .hasValue("hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"specversion\": \"1.0\"}", "{\"specversion\": \"1.0\"", "\u00ff"})
  void whatIsNoEventInStructuredModeIsLeftOut(String text) {
    assertThat(KafkaEvents.read(structured(text))).isEmpty();
  }

  @Test
  void anAttributeWithAControlCharacterIsOfNoEvent() {
    // Given: by hand, in either mode
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1\u0001")
            .withSource(URI.create("/me"))
            .withType("order")
            .build();

    // When
    Optional<CloudEvent> binary = KafkaEvents.read(received(KafkaEvents.record("events", event)));
    Optional<CloudEvent> structured =
        KafkaEvents.read(
            structured(
                "{\"specversion\": \"1.0\", \"id\": \"1\\u0001\", \"source\": \"/me\","
                    + " \"type\": \"order\"}"));

    // Then
    assertThat(binary).isEmpty();
    assertThat(structured).isEmpty();
  }

  @Test
  void anExtensionOfAnOlderVersionThatIsAnAttributeNowIsNoEvent() {
    // When
    Optional<CloudEvent> read =
        KafkaEvents.read(
            structured(
                "{\"specversion\": \"0.3\", \"id\": \"1\", \"source\": \"/me\","
                    + " \"type\": \"order\", \"dataschema\": \":no uri\"}"));
    // Then
    assertThat(read).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> structured(String json) {
    ProducerRecord<String, byte[]> sent =
        new ProducerRecord<>("events", "key", json.getBytes(StandardCharsets.ISO_8859_1));
    sent.headers()
        .add(
            "content-type",
            "application/cloudevents+json; charset=utf-8".getBytes(StandardCharsets.UTF_8));
    return received(sent);
  }

  private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<String, byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key().getBytes(StandardCharsets.UTF_8),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }
}
