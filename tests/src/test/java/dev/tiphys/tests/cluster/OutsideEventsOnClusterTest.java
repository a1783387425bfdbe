package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.tests.Workflows;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run knows again of thousands of events from outside, over the channel Broker. {@code
 * -Doutside.events=100000} for what is promised.
 */
@ClusterTest
class OutsideEventsOnClusterTest {
  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("outside"));

  private static final int EVENTS = Integer.getInteger("outside.events", 2_000);

  /** One in so many starts a task when it comes first. */
  private static final int EACH = 1_000;

  /** How many come again. */
  private static final int AGAIN = 1_000;

  private static final int SENDERS = 4;

  /** A channel in memory takes whatever comes: more than so many are not under way at a time. */
  private static final int UNDER_WAY_MAX = 250;

  private static final int TAKEN = 202;

  /** What was not taken is sent again: of the same id, it is the same event. */
  private static final int TRIES = 10;

  /** Of the run's object, in characters of its JSON. */
  private static final int OBJECT_CHARACTERS_MAX = 400_000;

  private static final String BAKE = "start main/bake";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS) // 100,000 events; each wait has its own limit
  @DisplayName("B2: an event that comes again after thousands of others starts no second instance")
  void b2AnEventThatComesAgainAfterThousandsStartsNothing() throws Exception {
    // Given
    String run = TIPHYS.submit(Files.writeString(folder.resolve("bakery.yaml"), Workflows.BAKERY));
    Wait.until("the shop is open", () -> TIPHYS.running(run, "shop"));
    URI broker =
        TIPHYS.namespace().reachable(URI.create(Objects.requireNonNull(status(run).sink())));
    for (int sent = 0; sent < EVENTS; sent += UNDER_WAY_MAX) {
      int last = Math.min(EVENTS, sent + UNDER_WAY_MAX);
      send(sent + 1, last, n -> order(broker, n, n % EACH == 0 ? "bread" : "cake"));
      awaitFates(run, last);
    }

    // When: each of them would start something now, and others come behind them
    send(1, AGAIN, n -> order(broker, n, "bread"));
    send(EVENTS + 1, EVENTS + UNDER_WAY_MAX, n -> order(broker, n, "cake"));
    awaitFates(run, EVENTS + UNDER_WAY_MAX);
    int fullest = json(run).length();
    send(1, 1, n -> post(broker, "closing", "closing", "{}"));

    // Then
    Fates fates = Objects.requireNonNull(TIPHYS.succeeded(run).fates());
    assertThat(fates.counts().get(BAKE))
        .containsOnlyKeys(Fate.STARTED, Fate.CONDITION)
        .containsEntry(Fate.STARTED, EVENTS / EACH)
        .containsEntry(Fate.CONDITION, EVENTS - EVENTS / EACH + UNDER_WAY_MAX);
    assertThat(TIPHYS.namespace().tasks(run, "bake")).hasSizeLessThanOrEqualTo(EVENTS / EACH);
    assertThat(fullest).isLessThan(OBJECT_CHARACTERS_MAX);
    assertThat(json(run).length()).isLessThan(OBJECT_CHARACTERS_MAX);
    if (EVENTS > OutsideMemory.OBJECT_MAX) {
      assertThat(parts(run)).isNotEmpty();
    }
  }

  /** What the run has been told of has its fate there, so that the next may come. */
  private static void awaitFates(String run, int events) throws Exception {
    Wait.until(
        events + " events have their fate",
        Wait.LONG,
        () -> {
          Fates fates = fates(run);
          return fates.of(BAKE, Fate.STARTED) + fates.of(BAKE, Fate.CONDITION) >= events;
        },
        () -> fates(run));
  }

  /** Those with the numbers, by a few senders at a time, until each is taken. */
  private static void send(int from, int to, IntFunction<Callable<Integer>> event)
      throws Exception {
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<Callable<Integer>> sending =
          IntStream.rangeClosed(from, to)
              .mapToObj(event)
              .map(OutsideEventsOnClusterTest::untilTaken)
              .toList();
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : senders.invokeAll(sending)) {
        answers.add(answer.get());
      }
      assertThat(answers).hasSize(to - from + 1).containsOnly(TAKEN);
    }
  }

  private static Callable<Integer> untilTaken(Callable<Integer> post) {
    return () -> {
      int answer = post.call();
      for (int tries = 1; answer != TAKEN && tries < TRIES; tries++) {
        TimeUnit.SECONDS.sleep(1);
        answer = post.call();
      }
      return answer;
    };
  }

  private Callable<Integer> order(URI broker, int number, String goods) {
    return post(broker, "order", "order-" + number, "{\"goods\": \"" + goods + "\"}");
  }

  private Callable<Integer> post(URI broker, String type, String id, String data) {
    HttpRequest request =
        HttpRequest.newBuilder(broker)
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-source", "/me")
            .header("ce-type", type)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(data))
            .build();
    return () -> http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static WorkflowRunStatus status(String run) {
    return Objects.requireNonNull(TIPHYS.namespace().run(run).getStatus());
  }

  private static Fates fates(String run) {
    return Objects.requireNonNullElse(status(run).fates(), Fates.NONE);
  }

  private static String json(String run) {
    TestNamespace namespace = TIPHYS.namespace();
    return namespace.client().getKubernetesSerialization().asJson(namespace.run(run));
  }

  private static List<RunPart> parts(String run) {
    return TIPHYS
        .namespace()
        .client()
        .resources(RunPart.class)
        .inNamespace(TIPHYS.namespace().name())
        .withLabel(Marks.RUN, run)
        .withLabel(Marks.PURPOSE, OutsideMemory.PURPOSE)
        .list()
        .getItems();
  }
}
