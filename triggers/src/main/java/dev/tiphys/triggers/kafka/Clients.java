package dev.tiphys.triggers.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's clients as a broker wants them. */
final class Clients {
  /** An event of a body as large as an ingress takes, with its attributes. */
  static final int MAX_RECORD_BYTES = 2 << 20;

  /** How long Kafka may take for an answer before whoever asked is told that there is none. */
  static final Duration ANSWER = Duration.ofSeconds(10);

  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final int MAX_FETCH_BYTES = 8 << 20;

  private Clients() {}

  /** Acknowledged by all replicas in step, and not written twice by its own tries. */
  static Producer<String, byte[]> producer(KafkaSettings settings) {
    return new KafkaProducer<>(
        with(
            settings,
            Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                // what waits for a batch is a publisher that waits for its acknowledgement
                "linger.ms",
                0,
                "max.request.size",
                MAX_RECORD_BYTES,
                "max.block.ms",
                ANSWER.toMillis(),
                "request.timeout.ms",
                (int) REQUEST.toMillis(),
                "delivery.timeout.ms",
                (int) ANSWER.toMillis())),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /** One of a Trigger's group. */
  static Consumer<byte[], byte[]> consumer(KafkaSettings settings, String trigger) {
    return new KafkaConsumer<>(
        with(
            settings,
            Map.of(
                "group.id",
                settings.group(trigger),
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                // a group has its place before it reads; where that is no longer kept, what is left
                "auto.offset.reset",
                "earliest",
                // a process that was killed is waited for no longer than this
                "session.timeout.ms",
                10_000,
                "heartbeat.interval.ms",
                3_000,
                "fetch.max.bytes",
                MAX_FETCH_BYTES,
                "max.partition.fetch.bytes",
                MAX_RECORD_BYTES)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static Admin admin(KafkaSettings settings) {
    return Admin.create(
        with(
            settings,
            Map.of(
                "request.timeout.ms", (int) REQUEST.toMillis(),
                "default.api.timeout.ms", (int) ANSWER.toMillis())));
  }

  private static Map<String, Object> with(KafkaSettings settings, Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(own);
    all.putAll(settings.client());
    all.put("bootstrap.servers", settings.bootstrapServers());
    return all;
  }
}
