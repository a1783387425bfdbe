package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesRunTest {
  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"coinflip.yaml", "coinflip-biased.yaml"})
  void stopsTheFlippingWithTheFirstHeadsThatSucceeds(String example) throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan(example), work)) {
      // When
      Summary end = run.end();

      // Then
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("flip-coin")).isEqualTo(new Tally(1, 0, 0, 1, 0));
      assertThat(run.tally("heads").succeeded()).isPositive();
      assertThat(run.tally("heads").failed()).isZero();
      assertThat(run.events()).containsKeys("coin", "stopsignal");
    }
  }

  @Test
  void neverRunsMoreHeadsAtATimeThanTheLimit() throws Exception {
    // Given: each counts those that run beside it
    Path active = Files.createDirectory(work.resolve("active"));
    Path seen = work.resolve("seen");
    String heads =
        "touch %1$s/$TIPHYS_INSTANCE; ls %1$s | wc -l >> %2$s; sleep 0.3; rm %1$s/$TIPHYS_INSTANCE"
            .formatted(active.toAbsolutePath(), seen.toAbsolutePath());
    try (ExampleRun run = ExampleRun.begin(Examples.compile(Examples.coinflip(heads)), work)) {
      // When
      Summary end = run.end();

      // Then
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(Files.readAllLines(seen))
          .isNotEmpty()
          .allSatisfy(
              n ->
                  assertThat(Integer.parseInt(n.strip()))
                      .isBetween(1, TaskTemplate.DEFAULT_PARALLELISM));
    }
  }

  @Test
  void failsWithTheNameOfAnInstanceThatWasKilled() throws Exception {
    // Given: the others end by themselves, as a run that fails lets them
    String heads =
        "mkdir %s || exit 0; echo $$ > pid; exec sleep 600"
            .formatted(work.resolve("first").toAbsolutePath());
    try (ExampleRun run = ExampleRun.begin(Examples.compile(Examples.coinflip(heads)), work)) {
      ExampleRun.until("a heads runs", () -> !pids(run).isEmpty());
      Path killed = run.files("pid").getFirst();
      ExampleRun.until("its pid is written", () -> Files.size(killed) > 0);

      // When
      ProcessHandle.of(Long.parseLong(Files.readString(killed).strip()))
          .orElseThrow()
          .destroyForcibly();
      Summary end = run.end();

      // Then
      String instance = Objects.requireNonNull(killed.getParent()).getFileName().toString();
      assertThat(end.phase()).isEqualTo(Phase.FAILED);
      assertThat(end.message()).contains(instance, "exit code 137", "SIGKILL");
      assertThat(run.tally("heads").failed()).isEqualTo(1);
      assertThat(run.tally("flip-coin").stopped()).isEqualTo(1);
      assertThat(pids(run)).noneMatch(ExamplesRunTest::runs);
    }
  }

  @Test
  void startsATaskPerLineInHelloEvents() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("hello-events.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("greet")).isEqualTo(new Tally(2, 2, 0, 0, 0));
      assertThat(outputs(run)).contains("hello Argo\n", "hello Knative\n");
    }
  }

  @Test
  @DisplayName("E8: what a namespace of the standard `restricted` takes runs here as well")
  void e8StartsATaskPerLineInRestricted() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("restricted.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("report")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run)).contains("18 degrees\n", "21 degrees\n", "23 degrees\n");
    }
  }

  @Test
  void givesEachConsumerOfAFanOutItsOwnCondition() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("fan-out.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("report"))
          .isEqualTo(new Tally(4, 4, 0, 0, 0).skip(6, SkipReason.CONDITION));
      assertThat(outputs(run))
          .contains(
              "23 is too warm\n", "21 is too warm\n", "18 is too cold\n", "19.5 is too cold\n");
    }
  }

  @Test
  void transcodesEachNewFile() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("transcode.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("transcode")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run))
          .contains("FRAME 1\nOF THREE\n\n", "FRAME 2\nOF THREE\n\n", "FRAME 3\nOF THREE\n\n");
    }
  }

  @Test
  void trainsOnEveryTwoNewFiles() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("train.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("train")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run))
          .contains(
              "6 samples of 2 files, 3.0 on average\n",
              "6 samples of 2 files, 7.0 on average\n",
              "3 samples of 1 files, 10.0 on average\n");
    }
  }

  @Test
  void startsAThirdTaskByWhatAStartedOneEmitsInChain() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("chain.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("send")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run)).contains("sent: parcel of boots\n");
    }
  }

  @Test
  void startsATaskPerRequestThatMatchesInRequests() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("requests.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("order")).isEqualTo(new Tally(2, 2, 0, 0, 0));
      assertThat(outputs(run)).contains("order /goods/gold\n", "order /goods/silver\n");
    }
  }

  @Test
  void startsATaskPerWindowInAggregate() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("aggregate.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("warn")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run))
          .contains("up to 24 degrees\n", "up to 30 degrees\n", "up to 25 degrees\n");
    }
  }

  @Test
  void startsATaskByTheOutputAndTheSuccessOfAnotherInJoin() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("join.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("report")).isEqualTo(new Tally(1, 1, 0, 0, 0));
      assertThat(outputs(run)).contains("21.5 degrees (success)\n");
    }
  }

  @Test
  void startsATaskByTenEventsAndByTheRestInWindow() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("window.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("average")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run))
          .contains(
              "10 readings, 5.5 on average\n",
              "10 readings, 15.5 on average\n",
              "5 readings, 23.0 on average\n");
    }
  }

  @Test
  void closesAWindowByTimeWhileItsEmitterRuns() throws Exception {
    // Given: the second line comes when the first window is over and used
    String text =
        Examples.text("window.yaml")
            .replace("window: {count: 10}", "window: {duration: 1s}")
            .replaceFirst("args: .*", "args: ['echo 1; echo 2; sleep 600']");
    try (ExampleRun run = ExampleRun.begin(Examples.compile(text), work)) {
      // When
      ExampleRun.until("a window was closed", () -> run.tally("average").succeeded() == 1);

      // Then
      assertThat(outputs(run)).contains("2 readings, 1.5 on average\n");
      assertThat(run.counts("measure").active()).isEqualTo(1);
    }
  }

  @Test
  void showsTheFiguresOfALogOnADashboard() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("dashboard.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("dashboard")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(outputs(run))
          .contains("{\"epoch\":\"1\",\"loss\":\"0.8\"}\n", "{\"epoch\":\"3\",\"loss\":\"0.6\"}\n");
    }
  }

  @Test
  void clearsUpAfterATaskThatHasFailed() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("cleanup.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("fill")).isEqualTo(new Tally(1, 0, 1, 0, 0));
      assertThat(run.tally("clean")).isEqualTo(new Tally(1, 1, 0, 0, 0));
      assertThat(outputs(run)).contains("removed what exit code 3 had left\n");
    }
  }

  @Test
  void takesTheEventsOfASidecarOfTheUsersOwn() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("custom-sidecar.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.unsigned()).isZero();
      // how often it ticks in the task's three seconds depends on how busy the machine is
      assertThat(run.tally("watch").started()).isBetween(1, 5);
      assertThat(outputs(run)).contains("tick 1\n");
    }
  }

  @Test
  void takesEventsFromOutsideInBinaryAndInStructuredMode() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("external.yaml"), work)) {
      // Given
      ExampleRun.until("the shop is open", () -> run.counts("shop").active() == 1);

      // When
      int binary =
          run.post(
              "{\"goods\":\"bread\"}",
              "ce-specversion",
              "1.0",
              "ce-id",
              "1",
              "ce-source",
              "/me",
              "ce-type",
              "order",
              "content-type",
              "application/json");
      int structured =
          run.post(
              "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/me\",\"type\":\"order\","
                  + "\"data\":{\"goods\":\"milk\"}}",
              "content-type",
              "application/cloudevents+json");
      int forged =
          run.post(
              "{\"goods\":\"poison\"}",
              "ce-specversion",
              "1.0",
              "ce-id",
              "3",
              "ce-source",
              "/me",
              "ce-type",
              "order",
              "ce-workflowrun",
              run.summary().run(),
              "content-type",
              "application/json");
      ExampleRun.until("orders are handled", () -> run.tally("handle").succeeded() == 2);
      ExampleRun.until("the forged one is dropped", () -> run.unsigned() == 1);
      run.post("", "ce-specversion", "1.0", "ce-id", "4", "ce-source", "/me", "ce-type", "closing");
      Summary end = run.end();

      // Then
      assertThat(List.of(binary, structured, forged)).containsOnly(202);
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("handle")).isEqualTo(new Tally(2, 2, 0, 0, 0));
      assertThat(run.events()).containsEntry("order", 2L).containsEntry("closing", 1L);
      assertThat(outputs(run)).contains("one bread, please\n", "one milk, please\n");
    }
  }

  @Test
  void showsAPipelinesProgressOnAScreenThatRunsAllTheWhile() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("ui.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("screen")).isEqualTo(new Tally(1, 0, 0, 1, 0));
      assertThat(run.events()).containsEntry("progress", 3L).containsEntry("trained", 1L);
      assertThat(outputs(run))
          .anySatisfy(
              screen ->
                  assertThat(screen).startsWith("[ preparing ]\n").contains("[ epoch 2 of 3 ]\n"));
    }
  }

  @Test
  void beginsAnOrdinaryPipelineWithAnEventAndItsValue() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("pipeline-started-by-event.yaml"), work)) {
      // When
      int answer =
          run.post(
              "{\"path\":\"/data/monday.csv\"}",
              "ce-specversion",
              "1.0",
              "ce-id",
              "1",
              "ce-source",
              "/me",
              "ce-type",
              "dataset",
              "content-type",
              "application/json");
      Summary end = run.end();

      // Then
      assertThat(answer).isEqualTo(202);
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(outputs(run))
          .containsExactlyInAnyOrder("clean /data/monday.csv\n", "train on /data/monday.csv\n");
    }
  }

  @Test
  void emitsEventsFromAnOrdinaryPipeline() throws Exception {
    try (ExampleRun run = ExampleRun.begin(Examples.plan("pipeline-emits-events.yaml"), work)) {
      assertThat(run.end().phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("test").failed()).isEqualTo(1);
      assertThat(run.events()).containsEntry("step-done", 2L);
      assertThat(outputs(run)).contains("build is done\n", "test is done\n");
    }
  }

  @Test
  void startsATaskForEachObjectThatIsAddedAndStopsOneByADeletion(@TempDir Path objects)
      throws Exception {
    // Given
    copy("watch-objects", objects);
    try (ExampleRun run = ExampleRun.begin(Examples.plan("watch.yaml"), work, objects)) {
      ExampleRun.until("what is there is handled", () -> run.tally("handle").succeeded() == 2);

      // When
      Files.writeString(objects.resolve("no-order.yaml"), configMap("note", "note", "poison"));
      Files.writeString(objects.resolve("third.yaml"), configMap("third", "order", "cheese"));
      ExampleRun.until("the third is handled", () -> run.tally("handle").succeeded() == 3);
      Files.writeString(objects.resolve("third.yaml"), configMap("third", "order", "wine"));
      Files.delete(objects.resolve("open.yaml"));
      Summary end = run.end();

      // Then
      assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
      assertThat(run.tally("handle")).isEqualTo(new Tally(3, 3, 0, 0, 0));
      assertThat(run.tally("shop").stopped()).isEqualTo(1);
      assertThat(outputs(run))
          .contains("one bread, please\n", "one milk, please\n", "one cheese, please\n");
    }
  }

  private static void copy(String exampleFolder, Path to) throws Exception {
    try (Stream<Path> files = Files.list(Examples.path(exampleFolder))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static String configMap(String name, String what, String goods) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "%s", "labels": {"what": "%s"}}, "data": {"goods": "%s"}}
    """
        .formatted(name, what, goods);
  }

  private static List<String> outputs(ExampleRun run) throws Exception {
    return run.files("stdout.log").stream().map(ExamplesRunTest::text).toList();
  }

  private static List<Long> pids(ExampleRun run) throws Exception {
    return run.files("pid").stream()
        .map(ExamplesRunTest::text)
        .filter(text -> !text.isBlank())
        .map(text -> Long.parseLong(text.strip()))
        .toList();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("sleep"))
        .isPresent();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
