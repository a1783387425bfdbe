package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dorders=200 -Dorders.repetitions=20} for what the fault was seen with. */
class StopBehindOrdersTest {
  private static final int ORDERS = Integer.getInteger("orders", 40);

  @TempDir Path work;

  static IntStream repetitions() {
    return IntStream.rangeClosed(1, Integer.getInteger("orders.repetitions", 2));
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  @DisplayName("B1: what was accepted before a stop is handled")
  void b1WhatWasAcceptedBeforeAStopIsHandled(int repetition) throws Exception {
    Path folder = Files.createDirectory(work.resolve("run-" + repetition));
    try (ExampleRun run = ExampleRun.begin(Examples.plan("external.yaml"), folder)) {
      // Given
      ExampleRun.until("the shop is open", () -> run.counts("shop").active() == 1);
      List<Integer> answers = new ArrayList<>();

      // When
      for (int n = 0; n < ORDERS; n++) {
        answers.add(post(run, "order", n, "{\"goods\": \"bread " + n + "\"}"));
      }
      int closing = post(run, "closing", ORDERS, "{}");
      Summary end = run.end();

      // Then
      assertThat(answers).containsOnly(202);
      assertThat(closing).isEqualTo(202);
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("handle").succeeded()).as(end + " " + run.dropped()).isEqualTo(ORDERS);
      assertThat(end.missed()).isEqualTo(Missed.NONE);
      assertThat(end.fates().of("start main/handle", Fate.STARTED)).isEqualTo(ORDERS);
      assertThat(run.accounts().taken()).isEqualTo(ORDERS + 1);
    }
  }

  private static int post(ExampleRun run, String type, int id, String data) throws Exception {
    return run.post(
        data,
        "ce-specversion",
        "1.0",
        "ce-id",
        type + id,
        "ce-source",
        "/me",
        "ce-type",
        type,
        "content-type",
        "application/json");
  }
}
