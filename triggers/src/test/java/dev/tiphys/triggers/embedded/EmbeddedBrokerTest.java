package dev.tiphys.triggers.embedded;

import static dev.tiphys.triggers.contract.Events.event;
import static dev.tiphys.triggers.contract.Events.ids;
import static dev.tiphys.triggers.contract.Events.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.Events;
import dev.tiphys.triggers.contract.RecordingSubscriber;
import dev.tiphys.triggers.delivery.BrokerClosedException;
import dev.tiphys.triggers.delivery.Limits;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the contract cannot see from outside, with a clock of its own. */
class EmbeddedBrokerTest {
  private static final Delivery ONCE = delivery(0, null);

  private final ManualScheduler scheduler = ManualScheduler.inOrder();
  private final BrokerCounts counts = new BrokerCounts();
  private final List<Trigger> triggers = new ArrayList<>();
  private final Map<Trigger.Address, Subscriber> subscribers = new HashMap<>();

  // Taking events

  @Test
  void aPublicationIsCompleteWhenTheEventIsInAllLanes() {
    // Given
    subscribe("a", ONCE, RecordingSubscriber.accepting());
    subscribe("b", ONCE, RecordingSubscriber.accepting());
    EmbeddedBroker broker = broker(new Limits(1, 8, 8));
    CompletableFuture<Void> first = broker.publish(keyed("coin", "1", "key"));

    // When
    CompletableFuture<Void> second = broker.publish(keyed("coin", "2", "key"));

    // Then
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    scheduler.step();
    assertThat(second).isNotDone();
    scheduler.step();
    assertThat(second).isCompleted();
  }

  @Test
  void aFullLaneHoldsUpNoOtherKey() {
    // Given
    subscribe("a", ONCE, RecordingSubscriber.accepting());
    EmbeddedBroker broker = broker(new Limits(1, 8, 8));
    List<CompletableFuture<Void>> full = publish(broker, "1", "2");

    // When
    CompletableFuture<Void> other = broker.publish(keyed("coin", "3", "other"));

    // Then
    assertThat(full.getLast()).isNotDone();
    assertThat(other).isCompleted();
  }

  @Test
  void moreKeysThanLanesWaitForALaneInTheirOrder() {
    // Given
    RecordingSubscriber coins = RecordingSubscriber.accepting();
    subscribe("a", ONCE, coins);
    EmbeddedBroker broker = broker(new Limits(8, 1, 8));

    // When
    List<CompletableFuture<Void>> published =
        Stream.of("k", "l", "m", "l").map(key -> broker.publish(keyed("coin", key, key))).toList();

    // Then
    assertThat(published).map(CompletableFuture::isDone).containsExactly(true, false, false, false);
    scheduler.runAll();
    assertThat(published).allMatch(CompletableFuture::isDone);
    assertThat(ids(coins.received())).containsExactly("k", "l", "l", "m");
  }

  @Test
  void aCancelledPublicationIsNotDelivered() {
    // Given
    RecordingSubscriber coins = RecordingSubscriber.accepting();
    subscribe("a", ONCE, coins);
    EmbeddedBroker broker = broker(new Limits(1, 1, 8));
    publish(broker, "1");
    CompletableFuture<Void> inFullLane = broker.publish(keyed("coin", "2", "key"));
    CompletableFuture<Void> withoutLane = broker.publish(keyed("coin", "3", "other"));

    // When
    inFullLane.cancel(false);
    withoutLane.cancel(false);

    // Then
    publish(broker, keyed("coin", "4", "third"));
    scheduler.runAll();
    assertThat(ids(coins.received())).containsExactly("1", "4");
  }

  @Test
  void countsWhatPassesNoTrigger() {
    // Given
    EmbeddedBroker broker = broker(Limits.DEFAULT);

    // When
    CompletableFuture<Void> published = broker.publish(event("coin", "1"));

    // Then
    assertThat(published).isCompleted();
    assertThat(counts.unmatched()).isEqualTo(1);
  }

  @Test
  void refusesTwoTriggersOfOneName() {
    // Given
    subscribe("a", ONCE, RecordingSubscriber.accepting());
    subscribe("a", ONCE, RecordingSubscriber.accepting());

    // When, Then
    assertThatThrownBy(() -> broker(Limits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named a");
  }

  @Test
  void refusesATriggerWithoutASubscriber() {
    // Given
    subscribe("a", delivery(0, address("nowhere")), RecordingSubscriber.accepting());

    // When, Then
    assertThatThrownBy(() -> broker(Limits.DEFAULT)).hasMessageContaining("/nowhere");
  }

  // Failing deliveries

  @Test
  void waitsLongerFromTryToTry() {
    // Given
    List<Duration> tries = new ArrayList<>();
    subscribe(
        "a",
        new Delivery(3, Delivery.BackoffPolicy.EXPONENTIAL, Duration.ofMillis(100), null),
        event -> {
          tries.add(scheduler.now());
          return Response.problem(503, "");
        });

    // When
    publish(broker(Limits.DEFAULT), "1");
    scheduler.runAll();

    // Then
    assertThat(tries).map(Duration::toMillis).containsExactly(0L, 200L, 600L, 1400L);
    assertThat(counts.retried()).isEqualTo(3);
  }

  @Test
  void aSubscriberThatThrowsHasAnswered500() {
    // Given
    RecordingSubscriber dead = RecordingSubscriber.accepting();
    subscribers.put(address("dead"), dead);
    subscribe(
        "a",
        delivery(1, address("dead")),
        event -> {
          throw new IllegalStateException("a fault");
        });

    // When
    publish(broker(Limits.DEFAULT), "1");
    scheduler.runAll();

    // Then
    assertThat(counts.retried()).isEqualTo(1);
    assertThat(dead.received().getFirst().getExtension("knativeerrorcode")).isEqualTo(500);
    assertThat(counts.deadLettered()).isEqualTo(1);
  }

  @Test
  void countsWhatNobodyTookAndGoesOn() {
    // Given
    subscribers.put(address("dead"), event -> Response.problem(503, "full"));
    RecordingSubscriber coins =
        RecordingSubscriber.answering(
            event ->
                event.getId().equals("1") ? Response.problem(400, "never") : Response.accepted());
    subscribe("a", delivery(1, address("dead")), coins);
    EmbeddedBroker broker = broker(Limits.DEFAULT);

    // When
    publish(broker, "1", "2");
    scheduler.runAll();

    // Then
    assertThat(counts.lost()).isEqualTo(1);
    assertThat(ids(coins.received())).containsExactly("1", "2");
  }

  // Replies

  @Test
  void aReplyToItsOwnFullLaneDoesNotStopTheLane() {
    // Given
    RecordingSubscriber coins =
        RecordingSubscriber.answering(
            event ->
                event.getId().length() < 4
                    ? Response.reply(keyed("coin", event.getId() + "'", "key"))
                    : Response.accepted());
    subscribe("a", ONCE, coins);
    EmbeddedBroker broker = broker(new Limits(1, 8, 8));

    // When
    publish(broker, "1", "2");
    scheduler.runAll();

    // Then
    assertThat(ids(coins.received()))
        .containsExactly("1", "2", "1'", "2'", "1''", "2''", "1'''", "2'''");
  }

  @Test
  void aReplyWithoutRoomFailsItsDeliveryWhichIsTriedAgain() {
    // Given
    RecordingSubscriber replies =
        RecordingSubscriber.answering(
            event -> Response.reply(keyed("reply", "to " + event.getId(), "key")));
    RecordingSubscriber slow =
        RecordingSubscriber.answering(
            event ->
                scheduler.now().toMillis() < 50
                    ? Response.problem(503, "not yet")
                    : Response.accepted());
    subscribe("a", delivery(9, null), replies, "coin");
    subscribe("b", delivery(9, null), slow, "reply");
    EmbeddedBroker broker = broker(new Limits(1, 8, 1));

    // When
    for (String id : List.of("1", "2", "3")) {
      publish(broker, keyed("coin", id, "key" + id));
    }
    scheduler.runAll();

    // Then
    assertThat(ids(replies.received())).hasSizeGreaterThan(3);
    assertThat(ids(slow.received())).contains("to 1", "to 2", "to 3");
    assertThat(counts.lost()).isZero();
  }

  @Test
  void dropsAndCountsWhatRunsInALoop() {
    // Given
    RecordingSubscriber echo = RecordingSubscriber.answering(Response::reply);
    subscribe("echo", ONCE, echo);

    // When
    publish(broker(Limits.DEFAULT), "1");
    scheduler.runAll();

    // Then
    assertThat(echo.received()).hasSize(255);
    assertThat(counts.droppedLoops()).isEqualTo(1);
  }

  @Test
  void anEventFromAnotherBrokerBringsItsHopsAlong() {
    // Given
    RecordingSubscriber echo = RecordingSubscriber.answering(Response::reply);
    subscribe("echo", ONCE, echo);

    // When
    publish(
        broker(Limits.DEFAULT),
        Events.builder("coin", "1").withExtension("knativebrokerttl", 4).build());
    scheduler.runAll();

    // Then
    assertThat(echo.received()).hasSize(3);
    assertThat(echo.received())
        .allSatisfy(e -> assertThat(e.getExtensionNames()).doesNotContain("knativebrokerttl"));
  }

  // What is under way

  @Test
  void aDeliveryIsOutstandingUntilItAndItsReplyHaveEnded() {
    // Given
    subscribe("a", delivery(1, null), this::afterOneTry);
    subscribe("b", ONCE, RecordingSubscriber.accepting(), "reply");
    EmbeddedBroker broker = broker(Limits.DEFAULT);
    List<Integer> outstanding = new ArrayList<>();

    // When
    publish(broker, "1");
    outstanding.add(broker.outstanding());
    scheduler.step();
    outstanding.add(broker.outstanding());
    scheduler.step();
    outstanding.add(broker.outstanding());
    scheduler.runAll();
    outstanding.add(broker.outstanding());

    // Then: published, to be tried again, replied to, delivered
    assertThat(outstanding).containsExactly(1, 1, 1, 0);
  }

  private Response afterOneTry(CloudEvent event) {
    return scheduler.now().isZero()
        ? Response.problem(503, "not yet")
        : Response.reply(keyed("reply", "to " + event.getId(), "key"));
  }

  @Test
  void aCancelledPublicationIsOutstandingOnlyWhereItsLaneHasIt() {
    // Given
    subscribe("a", ONCE, RecordingSubscriber.accepting());
    EmbeddedBroker broker = broker(new Limits(1, 1, 8));
    publish(broker, "1");

    // When
    publish(broker, "2").getFirst().cancel(false);

    // Then
    assertThat(broker.outstanding()).isEqualTo(1);
    scheduler.runAll();
    assertThat(broker.outstanding()).isZero();
  }

  // Closing

  @Test
  void closingFailsThosePublicationsThatWait() {
    // Given
    subscribe("a", ONCE, RecordingSubscriber.accepting());
    EmbeddedBroker broker = broker(new Limits(1, 8, 8));
    List<CompletableFuture<Void>> published = publish(broker, "1", "2");

    // When
    broker.close();

    // Then
    assertThat(published.getFirst()).isCompleted();
    assertThat(published.getLast())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(BrokerClosedException.class);
    assertThat(broker.publish(event("coin", "3"))).isCompletedExceptionally();
  }

  @Test
  void closingBeginsNoFurtherDelivery() {
    // Given
    RecordingSubscriber coins = RecordingSubscriber.accepting();
    subscribe("a", ONCE, coins);
    EmbeddedBroker broker = broker(Limits.DEFAULT);
    publish(broker, "1", "2", "3");
    scheduler.step();

    // When
    broker.close();
    scheduler.runAll();

    // Then
    assertThat(ids(coins.received())).containsExactly("1");
  }

  // Set-up

  private void subscribe(String name, Delivery delivery, Subscriber subscriber) {
    subscribe(name, delivery, subscriber, "coin");
  }

  private void subscribe(String name, Delivery delivery, Subscriber subscriber, String type) {
    Filter filter = new Filter.Exact(Map.of("type", type));
    triggers.add(new Trigger(name, filter, address(name), delivery));
    subscribers.put(address(name), subscriber);
  }

  private EmbeddedBroker broker(Limits limits) {
    return new EmbeddedBroker(triggers, this::find, scheduler, limits, counts);
  }

  @SuppressWarnings("NullAway") // the broker is to find out
  private Subscriber find(Trigger.Address address) {
    return subscribers.get(address);
  }

  private static List<CompletableFuture<Void>> publish(EmbeddedBroker broker, String... ids) {
    return publish(
        broker, Stream.of(ids).map(id -> keyed("coin", id, "key")).toArray(CloudEvent[]::new));
  }

  private static List<CompletableFuture<Void>> publish(
      EmbeddedBroker broker, CloudEvent... events) {
    return Stream.of(events).map(broker::publish).toList();
  }

  private static Trigger.Address address(String name) {
    return new Trigger.Address("test", "/" + name);
  }

  private static Delivery delivery(int retry, Trigger.@Nullable Address deadLetterSink) {
    return new Delivery(
        retry, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(10), deadLetterSink);
  }
}
