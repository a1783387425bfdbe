package dev.tiphys.tests.bench;

import dev.tiphys.triggers.kafka.KafkaServer;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's clients alone: one record, made once, sent again and again; who reads it counts. */
final class KafkaClientLap extends Lap {
  private static final String TOPIC = "raw";
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> server =
      Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers());
  private final ProducerRecord<String, byte[]> record =
      KafkaMessageFactory.<String>createWriter(TOPIC, "coinflip-1").writeBinary(event());
  private final KafkaProducer<String, byte[]> producer;
  private final Thread reading = Thread.ofPlatform().daemon().unstarted(this::read);
  private volatile boolean closed;

  KafkaClientLap() {
    try (Admin admin = Admin.create(server)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    // acknowledged by all replicas, not written twice: the client's defaults, as the broker has
    // them
    producer = new KafkaProducer<>(server, new StringSerializer(), new ByteArraySerializer());
    reading.start();
  }

  private void read() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(server, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (!closed) {
        consumer.poll(POLL).forEach(read -> arrived());
      }
    }
  }

  @Override
  void send() {
    Future<RecordMetadata> _ = producer.send(record);
  }

  @Override
  public void close() {
    closed = true;
    producer.close();
  }
}
