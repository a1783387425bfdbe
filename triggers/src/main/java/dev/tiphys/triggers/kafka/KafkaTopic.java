package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.broker.Trigger;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker's topic and the consumer groups of its Triggers, as Kafka's administration has them. */
public final class KafkaTopic {
  private static final Logger log = LoggerFactory.getLogger(KafkaTopic.class);

  private final KafkaSettings settings;

  public KafkaTopic(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Makes the topic where it is not there, and gives every Trigger that is new its place: what was
   * published before it was there is not for it.
   *
   * @throws IOException if Kafka does not answer, or forbids it
   */
  void prepare(List<Trigger> triggers) throws IOException {
    try (Admin admin = Clients.admin(settings)) {
      List<TopicPartition> partitions = partitions(admin);
      for (Trigger trigger : triggers) {
        place(admin, trigger, partitions);
      }
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /**
   * Removes the topic with all its events, and the Triggers' places in it.
   *
   * @throws IOException if Kafka does not answer, or forbids it
   */
  public void delete(List<Trigger> triggers) throws IOException {
    try (Admin admin = Clients.admin(settings)) {
      List<String> groups = triggers.stream().map(t -> settings.group(t.name())).toList();
      answer(admin.deleteConsumerGroups(groups).all());
      answer(admin.deleteTopics(List.of(settings.topic())).all());
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private List<TopicPartition> partitions(Admin admin) throws IOException {
    int count;
    try {
      count = answer(admin.createTopics(List.of(asNew())).numPartitions(settings.topic()));
    } catch (TopicExistsException e) {
      count =
          answer(admin.describeTopics(List.of(settings.topic())).allTopicNames())
              .values()
              .iterator()
              .next()
              .partitions()
              .size();
    }
    return IntStream.range(0, count)
        .mapToObj(n -> new TopicPartition(settings.topic(), n))
        .toList();
  }

  /** As many replicas as the servers' default says. */
  private NewTopic asNew() {
    return new NewTopic(settings.topic(), Optional.of(settings.partitions()), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(Clients.MAX_RECORD_BYTES),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE));
  }

  private void place(Admin admin, Trigger trigger, List<TopicPartition> partitions)
      throws IOException {
    String group = settings.group(trigger.name());
    Map<TopicPartition, OffsetAndMetadata> places =
        new HashMap<>(
            answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
    List<TopicPartition> without =
        partitions.stream().filter(partition -> places.get(partition) == null).toList();
    if (without.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> ends =
        ends(trigger, without).entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, it -> new OffsetAndMetadata(it.getValue())));
    try {
      answer(admin.alterConsumerGroupOffsets(group, ends).all());
    } catch (UnknownMemberIdException | GroupNotEmptyException e) {
      log.debug("another one reads for {}, and keeps its place", group, e);
    }
  }

  /** A server may not know yet of a topic that was just made: a consumer asks until it does. */
  private Map<TopicPartition, Long> ends(Trigger trigger, List<TopicPartition> partitions) {
    try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings, trigger.name())) {
      return consumer.endOffsets(partitions, Clients.ANSWER);
    }
  }

  private <T> T answer(KafkaFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private IOException unavailable(KafkaException e) {
    return new IOException("Kafka at " + settings.bootstrapServers() + ": " + e.getMessage(), e);
  }
}
