package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandsTest {
  private static final int ACCEPTED = 202;

  @TempDir private Path folder;
  private FakeCluster cluster;

  @BeforeEach
  void open() throws Exception {
    cluster = new FakeCluster(folder).install();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void saysThatThereIsNoSuchWorkflow() throws Exception {
    // Given: one without runs
    cluster.deploy("coinflip.yaml");

    // When
    Call unknown = cluster.tiphys("list", "--workflow", "nope");
    Call known = cluster.tiphys("list", "--workflow", "coinflip-recursive");

    // Then
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(unknown.err()).contains("no workflow `nope` in namespace `games`");
    assertThat(known.exitCode()).as(known.err()).isZero();
  }

  @Test
  void listsRuns() throws Exception {
    // Given
    Plan plan = cluster.deploy("external.yaml");
    String first = cluster.begin(plan, "1", "shop");
    String second = cluster.begin(plan, "2", "shop");

    // When
    Call text = cluster.tiphys("list");
    Call json = cluster.tiphys("list", "-o", "json", "--workflow", "external", "--running");

    // Then
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).startsWith("NAME").contains(first, second, "shop 1 active");
    assertThat(Json.parse(json.out().getBytes(UTF_8)))
        .extracting(it -> it.path("run").asText())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void showsARunThatHasYetToBeginAsPending() throws Exception {
    // Given
    String run = cluster.request(cluster.deploy("external.yaml"), "1");

    // When
    JsonNode one = Json.parse(cluster.tiphys("get", run, "-o", "json").out().getBytes(UTF_8));
    Call running = cluster.tiphys("list", "--running");

    // Then
    assertThat(one.path("phase").asText()).isEqualTo("Pending");
    assertThat(running.out()).containsPattern(run + " +external +Pending");
  }

  @Test
  void showsTheTreeOfARun() throws Exception {
    // Given
    String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");

    // When
    Call call = cluster.tiphys("get", run);

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out())
        .contains("workflow   external (external-", run + "  Running")
        .containsPattern("├ ● shop +1 active\n└ ● handle");
  }

  @Test
  void showsARunAsJson() throws Exception {
    // Given
    String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");

    // When
    JsonNode json = Json.parse(cluster.tiphys("get", run, "-o", "json").out().getBytes(UTF_8));

    // Then
    assertThat(json.path("run").asText()).isEqualTo(run);
    assertThat(json.path("phase").asText()).isEqualTo("Running");
    assertThat(json.path("namespace").asText()).isEqualTo("games");
  }

  @Test
  void saysThatThereIsNoSuchRun() {
    // When
    Call call = cluster.tiphys("get", "nobody");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no run `nobody` in namespace `games`");
  }

  @Test
  void asksARunToStopAndHasItLookedAt() throws Exception {
    // Given
    String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");
    cluster.rootKey().ingress("external", ACCEPTED);
    cluster.tiphys("install", "--rotate-key", "-n=games");

    // When
    Call call = cluster.tiphys("stop", run);

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    CloudEvent event = cluster.published();
    assertThat(event.getType()).isEqualTo(EventTypes.RUN_CHANGED);
    assertThat(event.getExtension(Attributes.RUN)).isEqualTo(run);
    assertThat(cluster.run(run).getSpec().control()).isEqualTo("Stop");
  }

  @Test
  void rotatesTheRootKey() {
    // Given
    cluster.rootKey();
    cluster.tiphys("install", "--rotate-key", "-n=games");

    // When
    Call call = cluster.tiphys("install", "--rotate-key", "-n=games");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("secret/tiphys-root-key has version 2\n");
  }

  @Test
  void saysWhatToDoWhereThereIsNoRootKey() {
    // When
    Call call = cluster.tiphys("install", "--rotate-key", "-n=games");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("apply what tiphys compile or tiphys install prints");
  }

  @Test
  void publishesToTheBrokerOfAWorkflow() throws Exception {
    // Given
    cluster.deploy("external.yaml");
    cluster.ingress("external", ACCEPTED);

    // When
    Call call =
        cluster.tiphys(
            "publish",
            "order",
            "{\"goods\": \"bread\"}",
            "--workflow=external",
            "--subject=bäcker",
            "-a",
            "shop=north");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.err()).isEmpty();
    CloudEvent event = cluster.published();
    assertThat(event.getType()).isEqualTo("order");
    assertThat(event.getSubject()).isEqualTo("bäcker");
    assertThat(event.getExtension("shop")).isEqualTo("north");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8))
        .isEqualTo("{\"goods\": \"bread\"}");
  }

  @Test
  void warnsOfATypeThatNobodyTakesFromOutside() throws Exception {
    // Given
    cluster.deploy("external.yaml");
    cluster.ingress("external", ACCEPTED);

    // When
    Call call = cluster.tiphys("publish", "ordre", "--workflow=external");

    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.err()).contains("takes no event of type ordre");
  }

  @Test
  void refusesAnAttributeThatCloudEventsForbids() throws Exception {
    // Given
    cluster.deploy("external.yaml");

    // When
    Call call = cluster.tiphys("publish", "order", "--workflow=external", "-a", "Not_One=1");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no valid event", "Not_One");
  }

  @Test
  void tellsWhatTheBrokerRefuses() throws Exception {
    // Given
    cluster.deploy("external.yaml");
    cluster.ingress("external", 403);

    // When
    Call call = cluster.tiphys("publish", "order", "--workflow=external");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("--broker-url");
  }

  @Test
  void deletesARun() throws Exception {
    // Given
    String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");

    // When
    Call call = cluster.tiphys("delete", run);

    // Then
    assertThat(call.out()).isEqualTo("workflowrun.tiphys.dev/" + run + " deleted\n");
    assertThat(cluster.tiphys("get", run).exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void deletesNothingWhenOneOfTheNamesIsWrong() throws Exception {
    // Given
    String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");

    // When
    Call call = cluster.tiphys("delete", run, "nobody");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cluster.tiphys("get", run).exitCode()).isZero();
  }
}
