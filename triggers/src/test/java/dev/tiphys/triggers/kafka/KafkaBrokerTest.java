package dev.tiphys.triggers.kafka;

import static dev.tiphys.triggers.contract.Events.event;
import static dev.tiphys.triggers.contract.Events.ids;
import static dev.tiphys.triggers.contract.Events.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.RecordingSubscriber;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the contract does not ask of every broker. */
class KafkaBrokerTest {
  private static final Trigger.Address COINS = new Trigger.Address("subscribers", "/coins");
  private static final Trigger.Address DEAD = new Trigger.Address("subscribers", "/dead");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final List<KafkaBroker> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(KafkaBroker::close);
    scheduler.close();
  }

  @Test
  void losesNothingWhenKafkaIsKilled() throws Exception {
    try (KafkaServer server = KafkaServer.start()) {
      // Given
      RecordingSubscriber coins = RecordingSubscriber.accepting();
      KafkaBroker broker = open(server.settings(), Map.of(COINS, coins));
      publish(broker, 1, 50);

      // When
      server.kill();
      server.restart();

      // Then
      publish(broker, 51, 100);
      coins.await(events -> ids(events).containsAll(numbers(1, 100)));
    }
  }

  @Test
  void asksTheDeadLetterSinkUntilItTakesTheEvent() throws Exception {
    // Given
    AtomicInteger calls = new AtomicInteger();
    RecordingSubscriber dead =
        RecordingSubscriber.answering(
            event ->
                calls.incrementAndGet() <= 2 ? Response.problem(400, "no") : Response.accepted());
    Subscriber refusing = event -> Response.problem(400, "never");
    KafkaBroker broker = open(KafkaServer.shared().settings(), Map.of(COINS, refusing, DEAD, dead));

    // When
    broker.publish(event("coin", "1")).get();

    // Then
    assertThat(ids(dead.await(3))).containsOnly("1");
  }

  @Test
  void passesOverWhatIsNoEvent() throws Exception {
    // Given
    KafkaSettings settings = KafkaServer.shared().settings();
    RecordingSubscriber coins = RecordingSubscriber.accepting();
    KafkaBroker broker = open(settings, Map.of(COINS, coins));
    try (Producer<String, byte[]> foreign = Clients.producer(settings)) {
      Future<RecordMetadata> written =
          foreign.send(
              new ProducerRecord<>(
                  settings.topic(), "key", "no event".getBytes(StandardCharsets.UTF_8)));
      written.get();
    }

    // When
    broker.publish(keyed("coin", "1", "key")).get();

    // Then
    assertThat(ids(coins.await(1))).containsOnly("1");
  }

  @Test
  void readsOnWhenThereIsRoomAgain() throws Exception {
    // Given
    KafkaSettings some = KafkaServer.shared().settings();
    KafkaSettings narrow =
        new KafkaSettings(
            some.bootstrapServers(), some.topic(), 1, new KafkaSettings.Room(1, 1 << 20), Map.of());
    RecordingSubscriber coins = RecordingSubscriber.accepting();
    KafkaBroker broker = open(narrow, Map.of(COINS, coins));

    // When
    publish(broker, 1, 200);

    // Then
    coins.await(events -> ids(events).containsAll(numbers(1, 200)));
  }

  @Test
  void anEventIsOutstandingUntilItsDeliveryHasEnded() throws Exception {
    // Given
    CompletableFuture<Response> answer = new CompletableFuture<>();
    RecordingSubscriber coins = RecordingSubscriber.answering(event -> answer.join());
    KafkaBroker broker = open(KafkaServer.shared().settings(), Map.of(COINS, coins));

    // When
    long unused = broker.outstanding();
    publish(broker, 1, 3);
    long unread = broker.outstanding();
    coins.await(3);
    long underWay = broker.outstanding();
    answer.complete(Response.accepted());

    // Then
    assertThat(unused).isZero();
    assertThat(unread).isPositive();
    assertThat(underWay).isEqualTo(3);
    for (long end = System.nanoTime() + PATIENCE.toNanos();
        broker.outstanding() > 0 && System.nanoTime() < end; ) {
      Thread.sleep(10);
    }
    assertThat(broker.outstanding()).isZero();
  }

  @Test
  void givesATriggerWhatIsPublishedFromItsBeginning() throws Exception {
    // Given
    KafkaSettings settings = KafkaServer.shared().settings();
    KafkaBroker before =
        KafkaBroker.open(
            List.of(),
            address -> RecordingSubscriber.accepting(),
            scheduler,
            settings,
            BrokerEvents.NONE);
    opened.add(before);
    publish(before, 1, 5);
    RecordingSubscriber coins = RecordingSubscriber.accepting();

    // When
    KafkaBroker broker = open(settings, Map.of(COINS, coins));

    // Then
    publish(broker, 6, 10);
    coins.await(events -> ids(events).containsAll(numbers(6, 10)));
    assertThat(ids(coins.received())).doesNotContain("1", "5");
  }

  @Test
  void deletesItsTopic() throws Exception {
    // Given
    KafkaSettings settings = KafkaServer.shared().settings();
    KafkaBroker broker = open(settings, Map.of(COINS, RecordingSubscriber.accepting()));
    broker.publish(event("coin", "1")).get();
    broker.close();

    // When
    new KafkaTopic(settings).delete(List.of(trigger(Map.of())));

    // Then
    assertThatThrownBy(() -> new KafkaTopic(settings).delete(List.of()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysThatKafkaDoesNotAnswer() {
    KafkaSettings nowhere =
        KafkaSettings.of("127.0.0.1:1", "nowhere")
            .withClient(Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "500"));
    assertThatThrownBy(() -> open(nowhere, Map.of(COINS, RecordingSubscriber.accepting())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Kafka at 127.0.0.1:1");
  }

  private KafkaBroker open(KafkaSettings settings, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    KafkaBroker broker =
        KafkaBroker.open(
            List.of(trigger(subscribers)),
            address -> Objects.requireNonNull(subscribers.get(address)),
            scheduler,
            settings,
            BrokerEvents.NONE);
    opened.add(broker);
    return broker;
  }

  private static Trigger trigger(Map<Trigger.Address, Subscriber> subscribers) {
    Trigger.@Nullable Address sink = subscribers.containsKey(DEAD) ? DEAD : null;
    return new Trigger(
        "coins",
        new Filter.All(List.of()),
        COINS,
        new Delivery(0, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(10), sink));
  }

  /** As a sidecar does: again until it is acknowledged. */
  private static void publish(KafkaBroker broker, int first, int last) throws Exception {
    for (String id : numbers(first, last)) {
      CloudEvent event = keyed("coin", id, "key " + id);
      while (!taken(broker, event)) {
        Thread.sleep(100);
      }
    }
  }

  private static boolean taken(KafkaBroker broker, CloudEvent event) throws InterruptedException {
    try {
      broker.publish(event).get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }
}
