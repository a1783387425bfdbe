package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.kafka.KafkaServer;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B3: the end of a command, at which nothing that was taken is thrown away. */
class RunsEndTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final String QUICK =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: quick-}
      spec:
        entrypoint: main
        templates:
          - name: main
            container: {image: alpine, command: ["true"]}
      """;

  /** Each opening begins a run that sells until it closes, or until its day is over. */
  private static final String SHOP =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: shop-}
      spec:
        entrypoint: main
        templates:
          - name: main
            inputs: [{name: day, valueFrom: {event: {metadata: {name: opening}, objectField: day, eventPolicy: create}}}]
            steps:
              - - {name: open, template: open, arguments: {parameters: [{name: day, value: "{{inputs.parameters.day}}"}]}}
                - {name: sell, template: sell}
          - name: open
            inputs: {parameters: [{name: day}]}
            script:
              image: alpine
              command: [sh]
              source: |
                until [ -e "FOLDER/$TIPHYS_PARAM_DAY" ]; do sleep 0.02; done
                [ "$TIPHYS_PARAM_DAY" != sunday ]
          - name: sell
            inputs:
              - {name: goods, valueFrom: {event: {metadata: {name: order}, objectField: goods, eventPolicy: create}}}
              - {name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}
            container: {image: alpine, command: ["true"]}
      """;

  @TempDir private Path folder;

  @Test
  @DisplayName("B3: when all runs have ended, a sender is told that nobody takes its event")
  void b3ASenderIsToldThatAllRunsHaveEnded() throws Exception {
    // Given
    try (LocalRun run = open(QUICK, new Pubsub.Embedded())) {
      run.begin(Map.of());
      run.await(DEADLINE);

      // When
      HttpResponse<String> answer = Stranger.post(run, EventTypes.RUN_BEGIN, "{}");

      // Then
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(answer.body()).contains("all runs here are over");
      run.stop();
      assertThat(run.view().runs()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "B3: who is told that a begin event is taken has a run, over {0}")
  @ValueSource(strings = {"embedded", "kafka"})
  void b3EveryBeginEventThatIsTakenBeginsARunThatCounts(String pubsub) throws Exception {
    // Given: while runs begin and end, two post more
    try (LocalRun run = open(QUICK, carrier(pubsub))) {
      AtomicInteger taken = new AtomicInteger();
      List<CompletableFuture<Void>> posters = new ArrayList<>();
      run.begin(Map.of());
      for (String poster : List.of("a", "b")) {
        posters.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    taken.addAndGet(begins(run, poster + i) ? 1 : 0);
                  }
                }));
      }

      // When
      Ending ending = run.await(DEADLINE);
      run.stop();
      posters.forEach(CompletableFuture::join);

      // Then
      assertThat(ending).isEqualTo(new Ending.Complete());
      assertThat(run.view().runs()).hasSize(1 + taken.get());
      assertThat(run.view().runs()).extracting(RunView::phase).containsOnly(Phase.SUCCEEDED);
      assertThat(run.dropped().unusable()).isEmpty();
    }
  }

  @Test
  @DisplayName("B3: an event that is taken before the end is handled, or told as one that was not")
  void b3AnEventThatIsTakenBeforeTheEndHasAFate() throws Exception {
    // Given
    try (LocalRun run = open(SHOP, new Pubsub.Embedded())) {
      takes(run, "opening", "1", "{\"day\": \"monday\"}");
      await(() -> !run.view().runs().isEmpty());
      Files.createFile(folder.resolve("monday"));
      int taken = 0;
      for (int i = 0; i < 100; i++) {
        taken += takes(run, "order", "early" + i, "{\"goods\": \"bread\"}") ? 1 : 0;
      }

      // When
      takes(run, "closing", "c", "");
      for (int i = 0; i < 100; i++) {
        taken += takes(run, "order", "late" + i, "{\"goods\": \"bread\"}") ? 1 : 0;
      }
      Ending ending = run.await(DEADLINE);
      run.stop();

      // Then
      RunView shop = run.view().runs().getFirst();
      Tally sold = Objects.requireNonNull(shop.tasks().get("sell")).tally();
      long told = run.dropped().unusable().values().stream().mapToLong(Long::longValue).sum();
      assertThat(ending).isEqualTo(new Ending.Complete());
      assertThat(sold.succeeded() + sold.stopped() + sold.skipped() + told)
          .as("%s, %s", sold, run.dropped())
          .isGreaterThanOrEqualTo(taken);
      assertThat(run.dropped().undelivered()).isZero();
    }
  }

  @Test
  @DisplayName("B3: an event from outside reaches those runs that go on, and counts there alone")
  void b3AnEventReachesTheRunsThatGoOn() throws Exception {
    // Given: of two runs one has failed
    try (LocalRun run = open(SHOP, new Pubsub.Embedded())) {
      takes(run, "opening", "1", "{\"day\": \"sunday\"}");
      takes(run, "opening", "2", "{\"day\": \"monday\"}");
      Files.createFile(folder.resolve("sunday"));
      await(() -> phases(run).contains(Phase.FAILED));

      // When
      boolean order = takes(run, "order", "o", "{\"goods\": \"bread\"}");
      Files.createFile(folder.resolve("monday"));
      takes(run, "closing", "c", "");
      Ending ending = run.await(DEADLINE);

      // Then
      assertThat(order).isTrue();
      assertThat(ending).isEqualTo(new Ending.Complete());
      assertThat(run.view().runs())
          .extracting(RunView::phase, RunsEndTest::types)
          .containsExactlyInAnyOrder(
              tuple(Phase.FAILED, List.of("opening")),
              tuple(Phase.SUCCEEDED, List.of("closing", "opening", "order")));
    }
  }

  @Test
  @DisplayName("B3: an interrupt ends all that go on, and what is posted then begins nothing")
  void b3AnInterruptEndsAllThatGoOn() throws Exception {
    // Given: of three runs one has failed
    try (LocalRun run = open(SHOP, new Pubsub.Embedded())) {
      takes(run, "opening", "1", "{\"day\": \"sunday\"}");
      takes(run, "opening", "2", "{\"day\": \"monday\"}");
      takes(run, "opening", "3", "{\"day\": \"monday\"}");
      Files.createFile(folder.resolve("sunday"));
      await(() -> phases(run).contains(Phase.FAILED) && phases(run).size() == 3);

      // When
      run.interrupt();
      Ending ending = run.await(DEADLINE);
      boolean another = takes(run, "opening", "4", "{\"day\": \"monday\"}");
      run.stop();

      // Then
      assertThat(ending).isEqualTo(new Ending.Interrupted());
      assertThat(another).isFalse();
      assertThat(run.view().runs())
          .filteredOn(it -> it.message().equals("interrupted"))
          .extracting(RunView::phase)
          .containsExactly(Phase.FAILED, Phase.FAILED);
      assertThat(run.view().runs()).hasSize(3);
    }
  }

  private static List<String> types(RunView run) {
    return run.events().stream().map(EventCount::type).toList();
  }

  private static List<Phase> phases(LocalRun run) {
    return run.view().runs().stream().map(RunView::phase).toList();
  }

  private static boolean begins(LocalRun run, String id) {
    return takes(run, EventTypes.RUN_BEGIN, id, "{}");
  }

  /** Posts an event, and says whether its sender is told that it is taken. */
  private static boolean takes(LocalRun run, String type, String id, String data) {
    try {
      return Stranger.post(run.address(), type, id, data).statusCode() == 202;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + DEADLINE.toNanos(); !condition.getAsBoolean(); ) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static Pubsub carrier(String name) {
    return name.equals("kafka")
        ? new Pubsub.Kafka(KafkaServer.shared().bootstrapServers(), Map.of())
        : new Pubsub.Embedded();
  }

  private LocalRun open(String workflow, Pubsub pubsub) throws IOException {
    String text = workflow.replace("FOLDER", folder.toString());
    Plan plan = Objects.requireNonNull(Compiler.compile("workflow.yaml", text).value());
    return LocalRun.open(
        plan,
        new LocalRun.Settings(folder, false, 0, Duration.ofSeconds(1), System.getenv()),
        pubsub,
        RunListener.NONE);
  }
}
