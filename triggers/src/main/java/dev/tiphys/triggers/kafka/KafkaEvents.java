package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.delivery.Entry;
import dev.tiphys.triggers.event.AttributeText;
import dev.tiphys.triggers.event.ContentType;
import dev.tiphys.triggers.event.StructuredEvent;
import dev.tiphys.triggers.event.VersionOne;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as records of a topic: the CloudEvents Kafka binding, keyed by what is kept in order. */
final class KafkaEvents {
  private static final Logger log = LoggerFactory.getLogger(KafkaEvents.class);

  private static final String CONTENT_TYPE = "content-type";

  private KafkaEvents() {}

  /** Binary mode. */
  static ProducerRecord<String, byte[]> record(String topic, CloudEvent event) {
    return KafkaMessageFactory.<String>createWriter(topic, Entry.key(event)).writeBinary(event);
  }

  /** Either mode; empty for what is no event: anybody who may write to the topic can put it in. */
  static Optional<CloudEvent> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      ContentType type = contentType(record);
      CloudEvent event =
          StructuredEvent.is(type)
              ? StructuredEvent.read(record.value(), type.charset().orElseThrow())
              : AttributeText.checked(KafkaMessageFactory.createReader(record).toEvent());
      return Optional.of(VersionOne.of(event));
    } catch (IOException | RuntimeException e) {
      // the SDK throws many kinds
      log.warn("no CloudEvent at {}-{}: {}", record.topic(), record.partition(), record.offset());
      log.debug("it is", e);
      return Optional.empty();
    }
  }

  private static ContentType contentType(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(CONTENT_TYPE);
    return new ContentType(
        header == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
  }
}
