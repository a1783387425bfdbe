package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.Marks;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
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
  private static final String KNATIVE = "knative-eventing";

  /** How many numbers have been taken before something is killed: the run is in full swing. */
  private static final int SOME = 5;

  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("faults"));

  @TempDir Path folder;

  @Test
  void functionPodKilledWhileItHandlesEvents() throws Exception {
    // Given
    String run = underWay();

    // When
    for (int times = 0; times < 3; times++) {
      Wait.until("a function pod", () -> !namespace().functionPods().isEmpty());
      kill(namespace().functionPods());
      TimeUnit.SECONDS.sleep(1);
    }

    // Then
    assertAllTaken(run);
  }

  @Test
  void brokerIngressAndDispatcherKilled() throws Exception {
    // Given
    String run = underWay();

    // When
    kill(podsOf("mt-broker-ingress"));
    kill(podsOf("imc-dispatcher"));
    kill(podsOf("mt-broker-filter"));

    // Then
    assertAllTaken(run);
  }

  @Test
  void apiServerAwayForAWhile() throws Exception {
    // Given
    String run = underWay();

    // When
    Node.pauseApiServer(20);

    // Then
    assertAllTaken(run);
  }

  @Test
  void sidecarKilledInTheMiddleOfItsStream() throws Exception {
    // Given
    String run = underWay();
    Pod count = namespace().tasks(run, "count").getFirst();

    // When
    Node.killContainer(count.getMetadata().getUid(), "lines");

    // Then
    assertAllTaken(run);
    assertThat(restarts(run, "count", "lines")).isPositive();
  }

  @Test
  void watcherKilled() throws Exception {
    // Given
    String run = underWay();

    // When
    kill(
        client().pods().inNamespace(namespace().name()).list().getItems().stream()
            .filter(pod -> pod.getMetadata().getName().startsWith(Marks.WATCHER))
            .toList());

    // Then
    assertAllTaken(run);
  }

  @Test
  void everyEventDeliveredTwice() throws Exception {
    // Given
    String run = underWay();

    // When
    for (Trigger trigger : triggers()) {
      client()
          .resource(
              new TriggerBuilder()
                  .withNewMetadata()
                  .withName(trigger.getMetadata().getName() + "-again")
                  .withNamespace(namespace().name())
                  .endMetadata()
                  .withSpec(trigger.getSpec())
                  .build())
          .create();
    }

    // Then
    try {
      assertAllTaken(run);
    } finally {
      triggers().stream()
          .filter(trigger -> trigger.getMetadata().getName().endsWith("-again"))
          .forEach(trigger -> client().resource(trigger).delete());
    }
  }

  @Test
  void taskPodDeletedByHand() throws Exception {
    // Given: a run that is in full swing, and one of its tasks
    String run = underWay();
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

  /** A run that has taken some of its numbers. */
  private String underWay() throws Exception {
    String run = TIPHYS.submit(Numbers.file(folder, "0.2"));
    Wait.until("some are taken", () -> namespace().tasks(run, "take").size() >= SOME);
    return run;
  }

  private static void assertAllTaken(String run) throws Exception {
    assertThat(Objects.requireNonNull(TIPHYS.end(run).getStatus()).phase()).isEqualTo("Succeeded");
    Numbers.assertEachTakenOnce(namespace(), run);
  }

  private static int restarts(String run, String task, String sidecar) {
    return namespace().tasks(run, task).getFirst().getStatus().getInitContainerStatuses().stream()
        .filter(status -> status.getName().equals(sidecar))
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  private static List<Trigger> triggers() {
    return client().resources(Trigger.class).inNamespace(namespace().name()).list().getItems();
  }

  private static List<Pod> podsOf(String deployment) {
    return client().pods().inNamespace(KNATIVE).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(deployment))
        .toList();
  }

  private static void kill(List<Pod> pods) {
    assertThat(pods).isNotEmpty();
    pods.forEach(pod -> client().resource(pod).withGracePeriod(0).delete());
  }

  private static TestNamespace namespace() {
    return TIPHYS.namespace();
  }

  private static KubernetesClient client() {
    return namespace().client();
  }
}
