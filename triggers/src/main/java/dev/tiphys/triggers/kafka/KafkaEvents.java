package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.delivery.Entry;
import dev.tiphys.triggers.event.ExactData;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as records of a topic: the CloudEvents Kafka binding, keyed by what is kept in order. */
final class KafkaEvents {
  private static final Logger log = LoggerFactory.getLogger(KafkaEvents.class);

  private KafkaEvents() {}

  /** Binary mode. */
  static ProducerRecord<String, byte[]> record(String topic, CloudEvent event) {
    return KafkaMessageFactory.<String>createWriter(topic, Entry.key(event)).writeBinary(event);
  }

  /** Either mode; empty for what is no event: anybody who may write to the topic can put it in. */
  static Optional<CloudEvent> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
      return Optional.of(ExactData.in(CloudEventBuilder.v1(event).build(), record.value()));
    } catch (IOException | RuntimeException e) {
      // the SDK throws many kinds
      log.warn("no CloudEvent at {}-{}: {}", record.topic(), record.partition(), record.offset());
      log.debug("it is", e);
      return Optional.empty();
    }
  }
}
