package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed while a run is under way: nothing is lost, doubled or resurrected. */
@ClusterTest
class FaultsTest {
  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("faults"));

  @TempDir Path folder;

  @Test
  void functionPodKilledWhileItHandlesEvents() throws Exception {
    // Given
    String run = Numbers.underWay(TIPHYS, folder);

    // When
    for (int times = 0; times < 3; times++) {
      Wait.until("a function pod", () -> !namespace().functionPods().isEmpty());
      namespace().kill(namespace().functionPods());
      TimeUnit.SECONDS.sleep(1);
    }

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
  }

  @Test
  void brokerIngressAndDispatcherKilled() throws Exception {
    // Given
    String run = Numbers.underWay(TIPHYS, folder);

    // When
    namespace().kill(namespace().knativePods("mt-broker-ingress"));
    namespace().kill(namespace().knativePods("imc-dispatcher"));
    namespace().kill(namespace().knativePods("mt-broker-filter"));

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
  }

  @Test
  void apiServerAwayForAWhile() throws Exception {
    // Given
    String run = Numbers.underWay(TIPHYS, folder);

    // When
    Node.pauseApiServer(20);

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
  }

  @Test
  void sidecarKilledInTheMiddleOfItsStream() throws Exception {
    // Given
    String run = Numbers.underWay(TIPHYS, folder);
    Pod count = namespace().tasks(run, "count").getFirst();

    // When
    Node.killContainer(count.getMetadata().getUid(), "lines");

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
    assertThat(restarts(run, "count", "lines")).isPositive();
  }

  @Test
  void watcherKilled() throws Exception {
    // Given
    String run = Numbers.underWay(TIPHYS, folder);

    // When
    namespace()
        .kill(
            client().pods().inNamespace(namespace().name()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(Marks.WATCHER))
                .toList());

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
  }

  @Test
  void taskPodDeletedByHand() throws Exception {
    // Given: a run that is in full swing, and one of its tasks
    String run = Numbers.underWay(TIPHYS, folder);
    Pod count = namespace().tasks(run, "count").getFirst();

    // When
    client().resource(count).withGracePeriod(0).delete();

    // Then
    assertThat(TIPHYS.end(run).getStatus())
        .satisfies(
            status -> {
              assertThat(Objects.requireNonNull(status).phase()).isEqualTo("Failed");
              assertThat(status.message()).contains(count.getMetadata().getName());
            });
    Wait.until(
        "everything of the run has ended",
        () ->
            namespace().tasks(run).stream()
                .allMatch(
                    pod -> List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())));
    assertThat(namespace().tasks(run, "count"))
        .allSatisfy(
            pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(count.getMetadata().getUid()));
  }

  private static int restarts(String run, String task, String sidecar) {
    return namespace().tasks(run, task).getFirst().getStatus().getInitContainerStatuses().stream()
        .filter(status -> status.getName().equals(sidecar))
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  private static TestNamespace namespace() {
    return TIPHYS.namespace();
  }

  private static KubernetesClient client() {
    return namespace().client();
  }
}
