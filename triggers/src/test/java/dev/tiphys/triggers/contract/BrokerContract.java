package dev.tiphys.triggers.contract;

import static dev.tiphys.triggers.contract.Events.event;
import static dev.tiphys.triggers.contract.Events.ids;
import static dev.tiphys.triggers.contract.Events.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.ObjectField;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every broker must do, told by its HTTP address on one side and by Subscribers on the other.
 * Deliveries may repeat; nothing here may depend on their not doing so. A guarantee that only some
 * brokers give is asked of those that declare it.
 */
@ResourceLock(
    value = BrokerContract.PROCESSES,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
public abstract class BrokerContract {
  /** Those of a broker, which not every carrier's tests have to themselves. */
  static final String PROCESSES = "the broker's processes";

  private static final Delivery TWO_RETRIES =
      new Delivery(2, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(10), null);

  /** For as long as a restart takes. */
  private static final Delivery PATIENT =
      new Delivery(1_000, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(50), null);

  /** A broker that runs. */
  public interface Running extends AutoCloseable {
    /** Where to post. */
    URI ingress();

    /** The same broker, when all its processes have ended and begun again. */
    default Running restarted() throws Exception {
      throw new UnsupportedOperationException("this broker does not survive that");
    }

    @Override
    void close() throws IOException;
  }

  private final Map<Trigger.Address, Subscriber> subscribers = new LinkedHashMap<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** A new broker with these Triggers; every address in them is among the Subscribers. */
  protected abstract Running start(
      List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers) throws Exception;

  /** What it promises beyond what all do. */
  protected abstract Guarantees guarantees();

  /**
   * How many events of one key at most the broker takes for a Trigger that takes none, before it
   * makes publishers wait; 0 if it stores without such a bound.
   */
  protected int backlog() {
    return 0;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened.reversed()) {
      closeable.close();
    }
  }

  // Routing

  @Test
  void routesByExactValues() throws Exception {
    assertRoutes(new Filter.Exact(Map.of("type", "a.one", "subject", "s")));
  }

  @Test
  void routesByPrefixes() throws Exception {
    assertRoutes(new Filter.Prefix(Map.of("type", "a.", "subject", "s")));
  }

  @Test
  void routesBySuffixes() throws Exception {
    assertRoutes(new Filter.Suffix(Map.of("type", ".one", "subject", "s")));
  }

  @Test
  void routesByAll() throws Exception {
    assertRoutes(new Filter.All(List.of(exact("type", "a.one"), exact("subject", "s"))));
  }

  @Test
  void routesByAny() throws Exception {
    assertRoutes(new Filter.Any(List.of(exact("type", "none"), exact("subject", "s"))));
  }

  @Test
  void routesByNot() throws Exception {
    assertRoutes(new Filter.Not(exact("subject", "t")));
  }

  @Test
  void routesByCeSql() throws Exception {
    assertRoutes(new Filter.CeSql("type LIKE 'a.%' AND subject = 's'"));
  }

  private void assertRoutes(Filter filter) throws Exception {
    // Given
    RecordingSubscriber all = subscribe("all", everything(), TWO_RETRIES);
    RecordingSubscriber some = subscribe("some", filter, TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    publisher.post(Events.builder("a.one", "other").withSubject("t").build());
    publisher.post(Events.builder("a.one", "wanted").withSubject("s").build());

    // Then
    all.await(events -> ids(events).containsAll(List.of("other", "wanted")));
    assertThat(ids(some.await(1))).containsOnly("wanted");
  }

  @Test
  void acceptsAnEventThatPassesNoTrigger() throws Exception {
    // Given
    RecordingSubscriber coins = subscribe("coins", exact("type", "coin"), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    int status = publisher.post(event("unknown", "1"));

    // Then
    publisher.post(event("coin", "2"));
    assertThat(status).isEqualTo(202);
    assertThat(ids(coins.await(1))).containsOnly("2");
  }

  @Test
  void deliversEveryEventToEachTriggerThatMatches() throws Exception {
    // Given
    List<RecordingSubscriber> all = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      all.add(subscribe(name, exact("type", "coin"), TWO_RETRIES));
    }
    HttpPublisher publisher = start();

    // When
    for (String id : numbers(50)) {
      publisher.post(event("coin", id));
    }

    // Then
    for (RecordingSubscriber subscriber : all) {
      subscriber.await(events -> new HashSet<>(ids(events)).equals(new HashSet<>(numbers(50))));
    }
  }

  // What an event looks like

  @Test
  void takesBinaryAndStructuredMode() throws Exception {
    // Given
    RecordingSubscriber coins = subscribe("coins", everything(), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    int binary = publisher.post(event("coin", "binary"));
    int structured = publisher.postStructured(event("coin", "structured"));

    // Then
    assertThat(List.of(binary, structured)).containsOnly(202);
    coins.await(events -> ids(events).containsAll(List.of("binary", "structured")));
    assertThat(coins.received()).allSatisfy(e -> assertThat(content(e)).isEqualTo("heads"));
  }

  @Test
  void keepsAttributesAndDataAsTheyAre() throws Exception {
    // Given
    RecordingSubscriber coins = subscribe("coins", everything(), TWO_RETRIES);
    HttpPublisher publisher = start();
    CloudEvent event =
        Events.builder("coin", "id with spaces, 100% \"quoted\"")
            .withSubject("Kopf oder Zahl? \u00e4\u20ac\ud83e\ude99")
            .withExtension("face", "heads")
            .build();

    // When
    publisher.post(event);

    // Then
    CloudEvent received = coins.await(1).getFirst();
    assertThat(received.getId()).isEqualTo(event.getId());
    assertThat(received.getSubject()).isEqualTo(event.getSubject());
    assertThat(received.getExtension("face")).isEqualTo("heads");
    assertThat(content(received)).isEqualTo("heads");
  }

  // Order and independence

  @Test
  void keepsTheOrderOfAPartitionKey() throws Exception {
    Assumptions.assumeTrue(guarantees().orderPerKey(), "this broker keeps no order");
    // Given
    RecordingSubscriber coins = subscribe("coins", everything(), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    for (String id : numbers(100)) {
      publisher.post(keyed("coin", id, Integer.parseInt(id) % 2 == 0 ? "even" : "odd"));
    }

    // Then
    coins.await(events -> ids(events).containsAll(numbers(100)));
    assertThat(firstDeliveries(coins, "even")).isSorted();
    assertThat(firstDeliveries(coins, "odd")).isSorted();
  }

  @Test
  void keepsTheOrderWhileADeliveryIsRetried() throws Exception {
    Assumptions.assumeTrue(guarantees().orderPerKey(), "this broker keeps no order");
    // Given
    AtomicInteger faults = new AtomicInteger(2);
    List<String> taken = new ArrayList<>();
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            TWO_RETRIES,
            event -> {
              if (faults.getAndDecrement() > 0) {
                return Response.problem(503, "not yet");
              }
              synchronized (taken) {
                taken.add(event.getId());
              }
              return Response.accepted();
            });
    HttpPublisher publisher = start();

    // When
    for (String id : numbers(10)) {
      publisher.post(keyed("coin", id, "key"));
    }

    // Then
    coins.await(events -> ids(events).contains("10"));
    synchronized (taken) {
      assertThat(taken.stream().map(Integer::parseInt).distinct().toList()).isSorted();
    }
  }

  @Test
  void aSlowTriggerHoldsUpNoOther() throws Exception {
    // Given
    CountDownLatch release = new CountDownLatch(1);
    RecordingSubscriber slow =
        subscribe("slow", everything(), TWO_RETRIES, event -> blockUntil(release));
    RecordingSubscriber quick = subscribe("quick", everything(), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    List<CompletableFuture<Integer>> posts =
        numbers(5).stream().map(id -> publisher.postAsync(keyed("coin", id, "key"))).toList();

    // Then
    quick.await(events -> ids(events).containsAll(numbers(5)));
    assertThat(slow.await(1)).isNotEmpty();
    release.countDown();
    slow.await(events -> ids(events).containsAll(numbers(5)));
    assertThat(posts).allSatisfy(post -> assertThat(post.get(20, TimeUnit.SECONDS)).isEqualTo(202));
  }

  // Retries and dead letters

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 404, 408, 409, 429})
  void triesAgainWhatMaySucceedLater(int status) throws Exception {
    // Given
    AtomicInteger tries = new AtomicInteger();
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            TWO_RETRIES,
            event ->
                tries.incrementAndGet() == 1
                    ? Response.problem(status, "not yet")
                    : Response.accepted());
    HttpPublisher publisher = start();

    // When
    publisher.post(event("coin", "1"));

    // Then
    assertThat(ids(coins.await(2))).containsOnly("1");
  }

  @Test
  void triesAgainWhenThereWasNoAnswer() throws Exception {
    // Given
    AtomicInteger tries = new AtomicInteger();
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            TWO_RETRIES,
            event -> {
              if (tries.incrementAndGet() == 1) {
                throw new IOException("connection reset");
              }
              return Response.accepted();
            });
    HttpPublisher publisher = start();

    // When
    publisher.post(event("coin", "1"));

    // Then
    assertThat(ids(coins.await(2))).containsOnly("1");
  }

  @Test
  void losesNothingWhenASubscriberFails() throws Exception {
    // Given
    AtomicInteger calls = new AtomicInteger();
    HashSet<String> taken = new HashSet<>();
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            new Delivery(5, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(5), null),
            event -> {
              if (calls.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("a fault");
              }
              synchronized (taken) {
                taken.add(event.getId());
              }
              return Response.accepted();
            });
    HttpPublisher publisher = start();

    // When
    for (String id : numbers(30)) {
      publisher.post(event("coin", id));
    }

    // Then
    coins.await(
        events -> {
          synchronized (taken) {
            return taken.containsAll(numbers(30));
          }
        });
  }

  @Test
  void doesNotRetryWhatCanNeverSucceed() throws Exception {
    // Given
    RecordingSubscriber dead = subscriber("dead", event -> Response.accepted());
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            withDeadLetterSink("dead"),
            event -> Response.problem(400, "no such plan"));
    HttpPublisher publisher = start();

    // When
    publisher.post(event("coin", "1"));

    // Then
    dead.await(1);
    assertThat(ids(coins.received())).containsExactly("1");
  }

  @Test
  void sendsWhatWasNeverTakenToTheDeadLetterSinkAndSaysWhy() throws Exception {
    // Given
    RecordingSubscriber dead = subscriber("dead", event -> Response.accepted());
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            withDeadLetterSink("dead"),
            event -> Response.problem(503, "line one\nline two"));
    HttpPublisher publisher = start();

    // When
    publisher.post(event("coin", "1"));

    // Then
    CloudEvent letter = dead.await(1).getFirst();
    assertThat(ids(coins.received())).hasSizeGreaterThanOrEqualTo(3).containsOnly("1");
    assertThat(letter.getId()).isEqualTo("1");
    assertThat(content(letter)).isEqualTo("heads");
    assertThat(attribute(letter, "knativeerrorcode")).isEqualTo("503");
    assertThat(attribute(letter, "knativeerrordest")).contains("coins");
    assertThat(errorData(letter)).contains("line one");
    assertThat(attribute(letter, "knativeerrordata")).doesNotContain("\n");
  }

  @Test
  void goesOnAfterADeadLetter() throws Exception {
    // Given
    subscriber("dead", event -> Response.accepted());
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            withDeadLetterSink("dead"),
            event ->
                event.getId().equals("1") ? Response.problem(400, "never") : Response.accepted());
    HttpPublisher publisher = start();

    // When
    publisher.post(keyed("coin", "1", "key"));
    publisher.post(keyed("coin", "2", "key"));

    // Then
    coins.await(events -> ids(events).contains("2"));
  }

  // Replies

  @Test
  void publishesReplies() throws Exception {
    // Given
    subscribe(
        "coins",
        exact("type", "coin"),
        TWO_RETRIES,
        event -> Response.reply(event("counted", "reply to " + event.getId())));
    RecordingSubscriber counted = subscribe("counted", exact("type", "counted"), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    publisher.post(event("coin", "1"));

    // Then
    assertThat(ids(counted.await(1))).containsOnly("reply to 1");
  }

  @Test
  void endsALoopOfReplies() throws Exception {
    Assumptions.assumeTrue(guarantees().endsLoops(), "this broker has no protection against loops");
    // Given
    AtomicInteger replies = new AtomicInteger();
    RecordingSubscriber echo =
        subscribe(
            "echo",
            exact("type", "coin"),
            TWO_RETRIES,
            event -> Response.reply(event("coin", "reply " + replies.incrementAndGet())));
    RecordingSubscriber other = subscribe("other", exact("type", "other"), TWO_RETRIES);
    HttpPublisher publisher = start();

    // When
    // a broker may answer when all that comes of it has been answered
    CompletableFuture<Integer> _ = publisher.postAsync(event("coin", "1"));

    // Then
    echo.await(255);
    publisher.post(event("other", "2"));
    other.await(1);
    assertThat(echo.received()).hasSizeLessThan(300);
  }

  // Backpressure

  @Test
  void slowsItsPublishersInsteadOfLosingOrPilingUp() throws Exception {
    Assumptions.assumeTrue(backlog() > 0, "this broker stores what comes");
    // Given
    CountDownLatch release = new CountDownLatch(1);
    RecordingSubscriber slow =
        subscribe("slow", everything(), TWO_RETRIES, event -> blockUntil(release));
    HttpPublisher publisher = start();
    for (String id : numbers(backlog())) {
      assertThat(publisher.post(keyed("coin", id, "key"))).isEqualTo(202);
    }

    // When
    CompletableFuture<Integer> oneMore = publisher.postAsync(keyed("coin", "one more", "key"));
    CompletableFuture<Integer> elsewhere = publisher.postAsync(keyed("coin", "elsewhere", "free"));

    // Then
    assertThat(elsewhere.get(20, TimeUnit.SECONDS)).isEqualTo(202);
    assertThat(oneMore).isNotDone();
    release.countDown();
    assertThat(oneMore.get(20, TimeUnit.SECONDS)).isEqualTo(202);
    slow.await(events -> ids(events).containsAll(numbers(backlog())));
    slow.await(events -> ids(events).contains("one more"));
  }

  @Test
  void storesWhatATriggerDoesNotTakeYet() throws Exception {
    Assumptions.assumeFalse(guarantees().slowsPublishers(), "this broker makes publishers wait");
    // Given
    CountDownLatch release = new CountDownLatch(1);
    RecordingSubscriber slow =
        subscribe("slow", everything(), TWO_RETRIES, event -> blockUntil(release));
    HttpPublisher publisher = start();

    // When
    List<CompletableFuture<Integer>> posts =
        numbers(500).stream().map(id -> publisher.postAsync(keyed("coin", id, "key"))).toList();

    // Then
    assertThat(posts).allSatisfy(post -> assertThat(post.get(20, TimeUnit.SECONDS)).isEqualTo(202));
    release.countDown();
    slow.await(events -> ids(events).containsAll(numbers(500)));
  }

  // Restart

  @Test
  @ResourceLock(PROCESSES)
  void losesNothingThroughARestart() throws Exception {
    Assumptions.assumeTrue(guarantees().survivesRestart(), "this broker forgets");
    // Given
    AtomicBoolean open = new AtomicBoolean();
    Set<String> taken = ConcurrentHashMap.newKeySet();
    RecordingSubscriber coins =
        subscribe(
            "coins",
            everything(),
            PATIENT,
            event -> {
              if (!open.get() && Integer.parseInt(event.getId()) > 10) {
                return Response.problem(503, "not yet");
              }
              taken.add(event.getId());
              return Response.accepted();
            });
    Running broker = open();
    HttpPublisher before = publisher(broker);
    for (String id : numbers(40)) {
      assertThat(before.post(keyed("coin", id, "key " + id))).isEqualTo(202);
    }
    coins.await(events -> ids(events).containsAll(List.of("1", "11")));

    // When
    Running again = broker.restarted();
    opened.add(again);
    open.set(true);

    // Then
    assertThat(publisher(again).post(keyed("coin", "41", "key"))).isEqualTo(202);
    coins.await(events -> taken.containsAll(numbers(41)));
  }

  // Set-up

  private HttpPublisher start() throws Exception {
    return publisher(open());
  }

  private Running open() throws Exception {
    Running broker = start(List.copyOf(triggers), Map.copyOf(subscribers));
    opened.add(broker);
    return broker;
  }

  private HttpPublisher publisher(Running broker) {
    HttpPublisher publisher = new HttpPublisher(broker.ingress());
    opened.add(publisher);
    return publisher;
  }

  private RecordingSubscriber subscribe(String name, Filter filter, Delivery delivery) {
    return subscribe(name, filter, delivery, event -> Response.accepted());
  }

  private RecordingSubscriber subscribe(
      String name, Filter filter, Delivery delivery, Subscriber answers) {
    triggers.add(new Trigger(name, filter, address(name), delivery));
    return subscriber(name, answers);
  }

  private RecordingSubscriber subscriber(String name, Subscriber answers) {
    RecordingSubscriber subscriber = RecordingSubscriber.answering(answers);
    subscribers.put(address(name), subscriber);
    return subscriber;
  }

  private static Trigger.Address address(String name) {
    return new Trigger.Address("subscribers", "/" + name);
  }

  private static Delivery withDeadLetterSink(String name) {
    return new Delivery(2, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(10), address(name));
  }

  private static Filter exact(String attribute, String value) {
    return new Filter.Exact(Map.of(attribute, value));
  }

  private static Filter everything() {
    return new Filter.All(List.of());
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  private static List<Integer> firstDeliveries(RecordingSubscriber subscriber, String key) {
    return subscriber.received().stream()
        .filter(event -> key.equals(event.getExtension("partitionkey")))
        .map(event -> Integer.parseInt(event.getId()))
        .distinct()
        .toList();
  }

  private static String content(CloudEvent event) {
    return ObjectField.parse("content").flatMap(field -> field.valueIn(event)).orElse("");
  }

  private static String attribute(CloudEvent event, String name) {
    return Objects.requireNonNullElse(Attributes.value(event, name), "");
  }

  /** As text, or in base64: Knative does that where it cannot be a header's value. */
  private static String errorData(CloudEvent letter) {
    String data = attribute(letter, "knativeerrordata");
    return data.matches("[A-Za-z0-9+/]+=*")
        ? new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)
        : data;
  }

  private static Response blockUntil(CountDownLatch release) {
    try {
      return release.await(20, TimeUnit.SECONDS)
          ? Response.accepted()
          : Response.problem(500, "never released");
    } catch (InterruptedException e) {
      return Response.problem(500, "interrupted");
    }
  }
}
