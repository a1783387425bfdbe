package dev.tiphys.cli.cluster;

import static dev.tiphys.cli.cluster.DeadLettersCommandTest.letter;
import static dev.tiphys.cli.cluster.DeadLettersCommandTest.order;
import static dev.tiphys.cli.cluster.DeadLettersCommandTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.functions.deadletter.LetterPart;
import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.RunPartSpec;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("B6: dead letters of a namespace")
class DeadLettersOnClusterTest {
  private static final String NAME = "plan.external-1.dead-letters.0";

  @TempDir private Path folder;
  private FakeCluster cluster;

  @BeforeEach
  void open() throws Exception {
    cluster = new FakeCluster(folder).install();
    RunPart object = new RunPart();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(NAME)
            .addToLabels(Marks.PURPOSE, LetterPart.PURPOSE)
            .addToLabels(Marks.WORKFLOW, "external")
            .build());
    object.setSpec(
        new RunPartSpec(
            LetterPart.PURPOSE,
            0,
            part(2, letter(order("1", "{}"), "no"), letter(order("2", "{}"), "no"))));
    cluster.create(object);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void keepOf(String workflow, CloudEvent event) {
    RunPart object = new RunPart();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName("plan." + workflow + ".dead-letters.0")
            .addToLabels(Marks.PURPOSE, LetterPart.PURPOSE)
            .addToLabels(Marks.WORKFLOW, workflow)
            .build());
    DeadLetter letter =
        DeadLetter.of(
            event,
            new Refusal(422, "no", "broker"),
            workflow,
            "",
            Instant.parse("2026-01-02T00:00:00Z"));
    object.setSpec(new RunPartSpec(LetterPart.PURPOSE, 0, part(0, letter)));
    cluster.create(object);
  }

  private LetterPart kept() {
    return LetterPart.read(
        cluster
            .client
            .resources(RunPart.class)
            .inNamespace(FakeCluster.NAMESPACE)
            .withName(NAME)
            .require()
            .getSpec()
            .data());
  }

  @Test
  void areListedOfAWorkflow() {
    // When
    Call call = cluster.tiphys("dead-letters", "list", "external");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).contains("/shop");
    assertThat(call.err()).contains("2 more came and were not kept");
  }

  @Test
  void arePublishedToTheBrokerOfTheirWorkflow() throws Exception {
    // Given
    cluster.deploy("external.yaml");
    cluster.ingress("external", 202);

    // When
    Call call = cluster.tiphys("dead-letters", "publish", "1");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("event 1 published\n");
    assertThat(kept().letters().values()).extracting(it -> it.event().getId()).containsExactly("2");
  }

  @Test
  void aNameThatNothingHasIsToldFromAWorkflowWithoutDeadLetters() throws Exception {
    // Given
    cluster.deploy("coinflip.yaml");
    String run = cluster.request(cluster.plan("train.yaml"), "1");

    // When
    Call unknown = cluster.tiphys("dead-letters", "list", "nope");
    Call workflow = cluster.tiphys("dead-letters", "list", "coinflip-recursive");
    Call ofRun = cluster.tiphys("dead-letters", "list", run);

    // Then
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(unknown.err()).contains("neither a workflow nor a run `nope` in namespace `games`");
    assertThat(workflow.exitCode()).as(workflow.err()).isZero();
    assertThat(workflow.err()).contains("no dead letters of coinflip-recursive");
    assertThat(ofRun.exitCode()).as(ofRun.err()).isZero();
  }

  @Test
  void aBrokerThatIsGoneKeepsNothingFromAnother() throws Exception {
    // Given: of two workflows the first one's Broker does not answer
    cluster.deploy("external.yaml");
    cluster.ingress("external", 404);
    cluster.deploy("coinflip.yaml");
    cluster.ingress("coinflip-recursive", 202);
    keepOf("coinflip-recursive", order("3", "{}"));

    // When
    Call call = cluster.tiphys("dead-letters", "publish", "--all");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.out()).isEqualTo("event 3 published\n");
    assertThat(call.err()).containsOnlyOnce("(404)").contains("1 published, 2 remain");
  }

  @Test
  void stayWhereTheirWorkflowIsNot() {
    // When
    Call call = cluster.tiphys("dead-letters", "publish", "--all");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.err()).contains("event 1 stays a dead letter: there is no workflow external");
    assertThat(kept().letters()).hasSize(2);
  }
}
