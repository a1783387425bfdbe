package dev.tiphys.cli.cluster;

import static dev.tiphys.cli.cluster.DeadLettersCommandTest.letter;
import static dev.tiphys.cli.cluster.DeadLettersCommandTest.order;
import static dev.tiphys.cli.cluster.DeadLettersCommandTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.deadletter.LetterPart;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.RunPartSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
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
  void stayWhereTheirWorkflowIsNot() {
    // When
    Call call = cluster.tiphys("dead-letters", "publish", "--all");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.err()).contains("event 1 stays a dead letter: there is no workflow external");
    assertThat(kept().letters()).hasSize(2);
  }
}
