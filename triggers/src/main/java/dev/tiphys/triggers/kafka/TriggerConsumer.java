package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.broker.FilterIndex;
import dev.tiphys.triggers.delivery.Entry;
import dev.tiphys.triggers.delivery.Subscription;
import dev.tiphys.triggers.delivery.TimeToLive;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic for one Trigger, on a thread of its own, and puts what passes the filter into the
 * Trigger's lanes. A partition of which too much is held is not read on until that has become less:
 * a run that stands still holds up those alone that share its partition, and those only then.
 */
final class TriggerConsumer implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(TriggerConsumer.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** While a partition is not read: how soon it is read again when there is room. */
  private static final Duration POLL_WHEN_FULL = Duration.ofMillis(5);

  /** What was delivered in between is delivered again after a crash. */
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

  /** For deliveries that are under way when a partition goes, or the broker closes. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final KafkaSettings settings;
  private final Subscription subscription;
  private final FilterIndex<Subscription> filter;
  private final Map<TopicPartition, PartitionProgress> partitions = new ConcurrentHashMap<>();

  /** Where what was delivered of partitions ended that others have now. */
  private final Map<TopicPartition, Long> left = new ConcurrentHashMap<>();

  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final CompletableFuture<Void> failed;
  private final Thread thread;
  private long lastCommit = System.nanoTime();
  private volatile boolean closing;

  private TriggerConsumer(
      KafkaSettings settings, Subscription subscription, CompletableFuture<Void> failed) {
    String trigger = subscription.trigger().name();
    this.settings = settings;
    this.failed = failed;
    this.subscription = subscription;
    this.filter = new FilterIndex<>(List.of(subscription), s -> s.trigger().filter());
    this.consumer = Clients.consumer(settings, trigger);
    this.thread = Thread.ofPlatform().name("kafka-" + trigger).daemon().unstarted(this);
  }

  /**
   * Begins to read.
   *
   * @param failed is told when it ends by a fault of ours
   */
  static TriggerConsumer start(
      KafkaSettings settings, Subscription subscription, CompletableFuture<Void> failed) {
    TriggerConsumer consumer = new TriggerConsumer(settings, subscription, failed);
    consumer.thread.start();
    return consumer;
  }

  /** Reads no more; {@link #join} waits for what that takes. */
  void close() {
    closing = true;
  }

  /** Waits until what was under way has ended or had its time, and the place is kept. */
  void join() throws InterruptedException {
    thread.join();
  }

  /**
   * Records whose delivery has not ended, at least so many; they need not be for this Trigger.
   *
   * @param ends by partition, the place behind the last of them
   */
  long behind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().mapToLong(it -> behind(it.getKey(), it.getValue())).sum();
  }

  private long behind(TopicPartition partition, long end) {
    PartitionProgress progress = partitions.get(partition);
    // of one that was never read it is not known where this Trigger begins
    return progress == null
        ? Math.max(0, end - left.getOrDefault(partition, end - 1))
        : progress.behind(end);
  }

  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(settings.topic()), new Rebalance());
      while (!closing) {
        read();
      }
      leave(partitions.keySet(), true);
      consumer.close(CloseOptions.timeout(GRACE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // it must not go on: what it has read and not delivered would be passed over
      log.error("Trigger {} reads no more", subscription.trigger().name(), e);
      failed.completeExceptionally(e);
    }
  }

  private void read() throws InterruptedException {
    try {
      consumer.poll(consumer.paused().isEmpty() ? POLL : POLL_WHEN_FULL).forEach(this::take);
      consumer.pause(those(PartitionProgress::full));
      consumer.resume(those(partition -> !partition.full()));
      if (System.nanoTime() - lastCommit > COMMIT_INTERVAL.toNanos()) {
        lastCommit = System.nanoTime();
        commit();
      }
    } catch (KafkaException e) {
      log.warn("reading for Trigger {}: {}", subscription.trigger().name(), e.toString());
      Thread.sleep(AFTER_A_FAULT);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    PartitionProgress partition =
        partitions.computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()),
            it -> new PartitionProgress(settings.room()));
    KafkaEvents.read(record)
        .filter(event -> !filter.matching(TimeToLive.strip(event)).isEmpty())
        .ifPresentOrElse(
            event -> deliver(event, partition.read(record.offset(), size(record))),
            () -> partition.pass(record.offset()));
  }

  private void deliver(CloudEvent event, Entry.Sender sender) {
    subscription.lanes().add(new Entry(TimeToLive.strip(event), TimeToLive.stamped(event), sender));
  }

  /** Attributes count too: an event need not have data. */
  private static int size(ConsumerRecord<byte[], byte[]> record) {
    int headers = 0;
    for (var header : record.headers()) {
      headers += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return headers + Math.max(0, record.serializedValueSize());
  }

  private List<TopicPartition> those(Predicate<PartitionProgress> wanted) {
    return partitions.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = positions(partitions.keySet());
    positions
        .entrySet()
        .removeIf(it -> it.getValue().offset() == committed.getOrDefault(it.getKey(), -1L));
    if (!positions.isEmpty()) {
      consumer.commitAsync(
          positions,
          (offsets, failure) -> {
            if (failure == null) {
              offsets.forEach((partition, it) -> committed.put(partition, it.offset()));
            } else {
              log.debug("a commit failed, and comes again", failure);
            }
          });
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    partitions.forEach(
        (partition, progress) -> {
          if (of.contains(partition)) {
            positions.put(partition, new OffsetAndMetadata(progress.position()));
          }
        });
    return positions;
  }

  /** Gives partitions up, whose events are delivered by another one, or later, from their place. */
  private void leave(Collection<TopicPartition> leaving, boolean commit) {
    try {
      long deadline = System.nanoTime() + GRACE.toNanos();
      for (TopicPartition partition : leaving) {
        PartitionProgress progress = partitions.get(partition);
        if (progress != null) {
          progress.revoke(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
          left.put(partition, progress.position());
        }
      }
      Map<TopicPartition, OffsetAndMetadata> positions = positions(leaving);
      if (commit && !positions.isEmpty()) {
        consumer.commitSync(positions, GRACE);
      }
    } catch (KafkaException e) {
      log.warn("what is not committed is delivered again: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      committed.keySet().removeAll(leaving);
      partitions.keySet().removeAll(List.copyOf(leaving));
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      leave(revoked, true);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      leave(lost, false);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
  }
}
