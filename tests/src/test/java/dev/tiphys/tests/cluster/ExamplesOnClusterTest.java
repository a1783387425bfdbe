package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples have the same effect as on a laptop, and leave nothing running. */
@ClusterTest
class ExamplesOnClusterTest {
  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("examples"));

  @Test
  void flipsACoinUntilHeadsStopsIt() throws Exception {
    // When
    WorkflowRunStatus end = TIPHYS.succeeded(TIPHYS.submitExample("coinflip.yaml"));

    // Then
    assertThat(end.tasks()).contains("flip-coin 1 stopped").containsPattern("heads \\d+ succeeded");
  }

  @Test
  void endsABiasedCoinFlip() throws Exception {
    TIPHYS.succeeded(TIPHYS.submitExample("coinflip-biased.yaml"));
  }

  @Test
  void givesEachConsumerOfAFanOutItsOwnCondition() throws Exception {
    // When
    String run = TIPHYS.submitExample("fan-out.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all reports have ended", () -> outputs(run, "report").size() >= 4);
    assertThat(outputs(run, "report"))
        .containsExactlyInAnyOrder(
            "23 is too warm\n", "21 is too warm\n", "18 is too cold\n", "19.5 is too cold\n");
  }

  @Test
  void transcodesEachNewFile() throws Exception {
    // When
    String run = TIPHYS.submitExample("transcode.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all frames are transcoded", () -> outputs(run, "transcode").size() >= 3);
    assertThat(outputs(run, "transcode"))
        .containsExactlyInAnyOrder(
            "FRAME 1\nOF THREE\n\n", "FRAME 2\nOF THREE\n\n", "FRAME 3\nOF THREE\n\n");
  }

  @Test
  void trainsOnEveryTwoNewFiles() throws Exception {
    // When
    String run = TIPHYS.submitExample("train.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all trainings have ended", () -> outputs(run, "train").size() >= 3);
    assertThat(outputs(run, "train"))
        .containsExactlyInAnyOrder(
            "6 samples of 2 files, 3.0 on average\n",
            "6 samples of 2 files, 7.0 on average\n",
            "3 samples of 1 files, 10.0 on average\n");
  }

  @Test
  void startsAThirdTaskByWhatAStartedOneEmits() throws Exception {
    // When
    String run = TIPHYS.submitExample("chain.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all parcels are sent", () -> outputs(run, "send").size() >= 3);
    assertThat(outputs(run, "send")).hasSize(3).contains("sent: parcel of boots\n");
  }

  @Test
  void startsATaskPerRequestThatMatches() throws Exception {
    // When
    String run = TIPHYS.submitExample("requests.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("both orders are made", () -> outputs(run, "order").size() >= 2);
    assertThat(outputs(run, "order"))
        .containsExactlyInAnyOrder("order /goods/gold\n", "order /goods/silver\n");
  }

  @Test
  void startsATaskPerWindow() throws Exception {
    // When
    String run = TIPHYS.submitExample("aggregate.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all are warned", () -> outputs(run, "warn").size() >= 3);
    assertThat(outputs(run, "warn"))
        .containsExactlyInAnyOrder(
            "up to 24 degrees\n", "up to 30 degrees\n", "up to 25 degrees\n");
  }

  @Test
  void startsATaskByTheOutputAndTheSuccessOfAnother() throws Exception {
    // When
    String run = TIPHYS.submitExample("join.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("the report has ended", () -> outputs(run, "report").size() >= 1);
    assertThat(outputs(run, "report")).containsExactly("21.5 degrees (success)\n");
  }

  @Test
  void startsATaskByTenEventsAndByTheRest() throws Exception {
    // When
    String run = TIPHYS.submitExample("window.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all averages have ended", () -> outputs(run, "average").size() >= 3);
    assertThat(outputs(run, "average"))
        .containsExactlyInAnyOrder(
            "10 readings, 5.5 on average\n",
            "10 readings, 15.5 on average\n",
            "5 readings, 23.0 on average\n");
  }

  @Test
  void closesAWindowWhenItsTimeIsOver(@TempDir Path folder) throws Exception {
    // Given: `measure` goes on, and nothing but the watcher's clock tells that the time is over
    String text =
        Files.readString(Path.of("..", "examples", "window.yaml"))
            .replace("window: {count: 10}", "window: {duration: 5s}")
            .replaceFirst("args: .*", "args: ['echo 1; echo 2; sleep 60']");

    // When
    String run = TIPHYS.submit(Files.writeString(folder.resolve("window.yaml"), text));

    // Then
    Wait.until("a window was closed", () -> outputs(run, "average").size() == 1);
    assertThat(outputs(run, "average")).containsExactly("2 readings, 1.5 on average\n");
    assertThat(TIPHYS.running(run, "measure")).isTrue();
    TIPHYS.succeeded(run);
  }

  @Test
  void showsTheFiguresOfALogOnADashboard() throws Exception {
    // When
    String run = TIPHYS.submitExample("dashboard.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all points are shown", () -> outputs(run, "dashboard").size() >= 3);
    assertThat(outputs(run, "dashboard"))
        .hasSize(3)
        .contains("{\"epoch\":\"2\",\"loss\":\"0.7\"}\n");
  }

  @Test
  void clearsUpAfterATaskThatHasFailed() throws Exception {
    // When
    String run = TIPHYS.submitExample("cleanup.yaml");

    // Then
    WorkflowRunStatus end = TIPHYS.succeeded(run);
    assertThat(end.tasks()).contains("fill 1 failed");
    Wait.until("it is cleared up", () -> outputs(run, "clean").size() == 1);
    assertThat(outputs(run, "clean")).containsExactly("removed what exit code 3 had left\n");
  }

  @Test
  void takesTheEventsOfASidecarOfTheUsersOwn() throws Exception {
    // When
    String run = TIPHYS.submitExample("custom-sidecar.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("ticks are told", () -> outputs(run, "watch").size() >= 2);
    assertThat(outputs(run, "watch")).contains("tick 1\n", "tick 2\n");
  }

  @Test
  void takesEventsFromOutside() throws Exception {
    // Given
    String run = TIPHYS.submitExample("external.yaml");
    Wait.until("the shop is open", () -> TIPHYS.running(run, "shop"));

    // When
    TIPHYS.publish("external", "order", "{\"goods\":\"bread\"}");
    TIPHYS.publish("external", "order", "{\"goods\":\"milk\"}");
    Wait.until("orders are handled", () -> outputs(run, "handle").size() == 2);
    TIPHYS.publish("external", "closing", "{}");

    // Then
    TIPHYS.succeeded(run);
    assertThat(outputs(run, "handle"))
        .containsExactlyInAnyOrder("one bread, please\n", "one milk, please\n");
  }

  @Test
  void showsAPipelinesProgressOnAScreenThatRunsAllTheWhile() throws Exception {
    // When
    String run = TIPHYS.submitExample("ui.yaml");

    // Then
    WorkflowRunStatus end = TIPHYS.succeeded(run);
    assertThat(end.tasks()).contains("screen 1 stopped");
    String screen = TIPHYS.namespace().log(TIPHYS.namespace().tasks(run, "screen").getFirst());
    assertThat(screen).startsWith("[ preparing ]\n").containsPattern("\\[ epoch \\d of 3 ]");
  }

  @Test
  void beginsAnOrdinaryPipelineWithAnEventAndItsValue() throws Exception {
    // Given
    String namespace = TIPHYS.namespace().name();
    Command.Outcome applied =
        Cli.run("submit", "../examples/pipeline-started-by-event.yaml", "--namespace", namespace);
    assertThat(applied.exitCode()).as(applied.output()).isZero();

    // When: one event, again and again, since a Trigger is called ready before events reach it
    Wait.until(
        "a run has begun",
        () -> {
          Cli.run(
              "publish",
              "dataset",
              "{\"path\":\"/data/monday.csv\"}",
              "--id",
              "monday",
              "--workflow",
              "pipeline-started-by-event",
              "--namespace",
              namespace);
          return runOf("pipeline-started-by-event-").isPresent();
        });

    // Then
    String run = runOf("pipeline-started-by-event-").orElseThrow();
    TIPHYS.succeeded(run);
    Wait.until("its tasks have ended", () -> outputs(run, "work").size() == 2);
    assertThat(outputs(run, "work"))
        .containsExactlyInAnyOrder("clean /data/monday.csv\n", "train on /data/monday.csv\n");
  }

  @Test
  void emitsEventsFromAnOrdinaryPipeline() throws Exception {
    // When
    String run = TIPHYS.submitExample("pipeline-emits-events.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("both are announced", () -> outputs(run, "announce").size() == 2);
    assertThat(outputs(run, "announce"))
        .containsExactlyInAnyOrder("build is done\n", "test is done\n");
  }

  private static Optional<String> runOf(String prefix) {
    return TIPHYS.namespace().runs().stream()
        .map(run -> run.getMetadata().getName())
        .filter(name -> name.startsWith(prefix))
        .findFirst();
  }

  @Test
  void startsATaskForEachObjectThatIsAddedAndStopsOneByADeletion() throws Exception {
    // Given: one order, and the shop that closes with the ConfigMap `open`, are there before the
    // run
    make("open", Map.of(), Map.of());
    make("order-1", Map.of("what", "order"), Map.of("goods", "bread"));
    String run = TIPHYS.submitExample("watch.yaml", "-p", "seconds=3600");
    Wait.until("what was there is handled", () -> outputs(run, "handle").size() == 1);

    // When
    make("note", Map.of("what", "note"), Map.of("goods", "poison"));
    make("order-2", Map.of("what", "order"), Map.of("goods", "milk"));
    Wait.until("the other one is handled", () -> outputs(run, "handle").size() == 2);
    configMaps().withName("open").delete();

    // Then
    WorkflowRunStatus end = TIPHYS.succeeded(run);
    assertThat(end.tasks()).contains("shop 1 stopped");
    assertThat(outputs(run, "handle"))
        .containsExactlyInAnyOrder("one bread, please\n", "one milk, please\n");
  }

  private static void make(String name, Map<String, String> labels, Map<String, String> data) {
    configMaps()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  private static NonNamespaceOperation<ConfigMap, ?, Resource<ConfigMap>> configMaps() {
    return TIPHYS.namespace().client().configMaps().inNamespace(TIPHYS.namespace().name());
  }

  private static List<String> outputs(String run, String task) {
    return TIPHYS.namespace().tasks(run, task).stream()
        .filter(pod -> pod.getStatus().getPhase().equals("Succeeded"))
        .map((Pod pod) -> TIPHYS.namespace().log(pod))
        .toList();
  }
}
