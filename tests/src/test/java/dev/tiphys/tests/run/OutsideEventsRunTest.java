package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.tests.Workflows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Doutside.events=100000} for what is promised. */
class OutsideEventsRunTest {
  private static final int EVENTS = Integer.getInteger("outside.events", 2_000);

  /** One in so many starts a task when it comes first. */
  private static final int EACH = 1_000;

  /** How many come again. */
  private static final int AGAIN = 1_000;

  private static final int SENDERS = 4;

  @TempDir Path work;

  @Test
  @DisplayName("B2: an event that comes again over HTTP after thousands of others starts nothing")
  void b2AnEventThatComesAgainAfterThousandsStartsNothing() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.compile(Workflows.BAKERY), work)) {
      // Given
      ExampleRun.until("the shop is open", () -> run.counts("shop").active() == 1);
      List<Integer> first =
          answers(EVENTS, n -> () -> order(run, n, n % EACH == 0 ? "bread" : "cake"));

      // When: each of them would start something now
      List<Integer> again = answers(AGAIN, n -> () -> order(run, n, "bread"));
      int closing = post(run, "closing", "closing", "{}");
      Summary end = run.end();

      // Then
      assertThat(first).hasSize(EVENTS).containsOnly(202);
      assertThat(again).hasSize(AGAIN).containsOnly(202);
      assertThat(closing).isEqualTo(202);
      assertThat(run.tally("bake").started()).isEqualTo(EVENTS / EACH);
      assertThat(end.fates().counts().get("start main/bake"))
          .containsOnlyKeys(Fate.STARTED, Fate.CONDITION)
          .containsEntry(Fate.STARTED, EVENTS / EACH)
          .containsEntry(Fate.CONDITION, EVENTS - EVENTS / EACH);
      assertThat(run.accounts().duplicates()).isEqualTo(AGAIN);
      assertThat(run.accounts().taken()).isEqualTo(EVENTS + AGAIN + 1);
      assertThat(run.accounts().balanced()).as(run.accounts().toString()).isTrue();
    }
  }

  /** Sent by a few at a time, numbered from 1. */
  private static List<Integer> answers(int events, IntFunction<Callable<Integer>> event)
      throws Exception {
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer :
          senders.invokeAll(IntStream.rangeClosed(1, events).mapToObj(event).toList())) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static int order(ExampleRun run, int number, String goods) throws Exception {
    return post(run, "order", "order-" + number, "{\"goods\": \"" + goods + "\"}");
  }

  private static int post(ExampleRun run, String type, String id, String data) throws Exception {
    return run.post(
        data,
        "ce-specversion",
        "1.0",
        "ce-id",
        id,
        "ce-source",
        "/me",
        "ce-type",
        type,
        "content-type",
        "application/json");
  }
}
