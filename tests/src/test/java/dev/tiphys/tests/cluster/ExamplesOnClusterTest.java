package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
  void startsAThirdTaskByWhatAStartedOneEmits() throws Exception {
    // When
    String run = TIPHYS.submitExample("chain.yaml");

    // Then
    TIPHYS.succeeded(run);
    Wait.until("all parcels are sent", () -> outputs(run, "send").size() >= 3);
    assertThat(outputs(run, "send")).hasSize(3).contains("sent: parcel of boots\n");
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

  private static List<String> outputs(String run, String task) {
    return TIPHYS.namespace().tasks(run, task).stream()
        .filter(pod -> pod.getStatus().getPhase().equals("Succeeded"))
        .map((Pod pod) -> TIPHYS.namespace().log(pod))
        .toList();
  }
}
