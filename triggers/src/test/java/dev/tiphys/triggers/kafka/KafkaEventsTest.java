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
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

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
