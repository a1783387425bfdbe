package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.FilterIndex;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Courier;
import dev.tiphys.triggers.delivery.Intake;
import dev.tiphys.triggers.delivery.Limits;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.delivery.StoredReplies;
import dev.tiphys.triggers.delivery.Subscription;
import dev.tiphys.triggers.delivery.TimeToLive;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker whose events Kafka keeps, in one topic. {@link #publish} completes when all replicas
 * that are in step have the event. Every Trigger reads the topic as a consumer group of its own,
 * and keeps its place behind what was delivered, its reply published, or dead-lettered: a restart
 * loses nothing, and may deliver again what was under way. The events of one key keep their order;
 * other keys do not wait for them. Several processes with the same topic and the same Triggers
 * share the work.
 */
public final class KafkaBroker implements Broker, AutoCloseable {

  /** Deliveries of one Trigger at a time. The number of events is bounded by what is read. */
  private static final Limits LANES = new Limits(Integer.MAX_VALUE, 1024, 1);

  private final KafkaSettings settings;
  private final BrokerEvents observer;
  private final Intake intake;
  private final Producer<String, byte[]> producer;
  private final List<Subscription> subscriptions;
  private final FilterIndex<Subscription> index;
  private final List<TriggerConsumer> consumers;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final AtomicInteger sending = new AtomicInteger();

  /** By partition, the place behind the last record that was written here. */
  private final Map<TopicPartition, Long> written = new ConcurrentHashMap<>();

  private volatile boolean closed;

  private KafkaBroker(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      KafkaSettings settings,
      BrokerEvents observer) {
    this.intake = new Intake(this::take, observer, () -> closed);
    Courier courier = new Courier(scheduler, observer, () -> closed);
    StoredReplies replies = new StoredReplies(intake);
    this.settings = settings;
    this.observer = observer;
    this.subscriptions =
        triggers.stream()
            .map(t -> new Subscription(t, subscribers, courier, replies, observer, LANES))
            .toList();
    this.index = new FilterIndex<>(subscriptions, s -> s.trigger().filter());
    this.producer = Clients.producer(settings);
    this.consumers =
        subscriptions.stream().map(s -> TriggerConsumer.start(settings, s, failed)).toList();
  }

  /**
   * Opens a broker with these Triggers, whose names are unique. One that was open before with the
   * same topic goes on where that ended.
   *
   * @param subscribers finds what is behind an address; asked once for each Trigger, here
   * @throws IOException if Kafka does not answer, or forbids what is needed
   * @throws NullPointerException if there is nothing behind an address
   */
  public static KafkaBroker open(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      KafkaSettings settings,
      BrokerEvents observer)
      throws IOException {
    new KafkaTopic(settings).prepare(triggers);
    return new KafkaBroker(triggers, subscribers, scheduler, settings, observer);
  }

  /** Fails when a Trigger reads no more, by a fault of ours; never completes otherwise. */
  public CompletableFuture<Void> failed() {
    return failed.copy();
  }

  @Override
  public CompletableFuture<Void> publish(CloudEvent event) {
    return intake.publish(event);
  }

  private CompletableFuture<Void> take(CloudEvent event, TimeToLive timeToLive) {
    observer.published(event, index.matching(event).size());
    return send(timeToLive.stamp(event));
  }

  private CompletableFuture<Void> send(CloudEvent event) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    sending.incrementAndGet();
    try {
      Future<RecordMetadata> _ =
          producer.send(
              KafkaEvents.record(settings.topic(), event),
              (place, failure) -> {
                if (failure == null) {
                  written(place);
                  taken.complete(null);
                } else {
                  taken.completeExceptionally(failure);
                }
                sending.decrementAndGet();
              });
    } catch (KafkaException | IllegalStateException e) {
      // no room for longer than a publisher is made to wait, or closed meanwhile
      sending.decrementAndGet();
      taken.completeExceptionally(e);
    }
    return taken;
  }

  private void written(RecordMetadata place) {
    written.merge(
        new TopicPartition(place.topic(), place.partition()), place.offset() + 1, Math::max);
  }

  /**
   * What was published here and is still to be read or delivered, at least so many, for each
   * Trigger that reads it. At 0 nothing is under way: a reply is stored before what it answers
   * ends.
   */
  public long outstanding() {
    while (true) {
      Map<TopicPartition, Long> ends = Map.copyOf(written);
      long behind = sending.get() + consumers.stream().mapToLong(it -> it.behind(ends)).sum();
      if (behind > 0 || ends.equals(written)) {
        return behind;
      }
    }
  }

  /**
   * Reads no more, gives deliveries that are under way a moment to end, and keeps the place of
   * every Trigger. What was not delivered is delivered by the next one.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    consumers.forEach(TriggerConsumer::close);
    try {
      for (TriggerConsumer consumer : consumers) {
        consumer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
    subscriptions.forEach(s -> s.lanes().close());
    producer.close(Clients.ANSWER);
  }
}
