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
