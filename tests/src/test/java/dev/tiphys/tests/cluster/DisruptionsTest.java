package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods that go in the middle of their stream, and not by us: a lost event is never a success. */
@ClusterTest
class DisruptionsTest {
  @RegisterExtension
  static final Deployed TIPHYS = Deployed.in(TestNamespace.create("disruptions"));

  /** Runs for each way; more of them for whoever looks for a race. */
  private static final int RUNS = Integer.getInteger("tiphys.disruptions", 3);

  /** Runs side by side: of many, some end before the others are under way. */
  private static final int TOGETHER = 3;

  /** It takes SIGTERM well, and says so. */
  private static final String YAML =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: disrupted-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: count, template: count, continueOn: {failed: CONTINUE}}
              - - {name: take, template: take}
          - name: count
            container:
              image: alpine:3.6
              command: [sh, -c]
              args: ["trap 'echo last; exit 0' TERM; for n in $(seq 120); do echo $n; sleep 1 & wait $!; done"]
            sidecars:
              - name: lines
                image: tiphys/stdoutwatcher
                parameters: {name: number, stream: stdout}
          - name: take
            inputs:
              parameters:
                - name: number
                  valueFrom:
                    event: {metadata: {name: number}, objectField: content, eventPolicy: create}
            container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.number}}"]}
      """;

  @TempDir Path folder;

  /** A way for a pod to go. */
  enum Way {
    DELETED("its pod was deleted by somebody else") {
      @Override
      void take(KubernetesClient client, List<Pod> pods) {
        client.resource(counting(pods)).delete();
      }
    },
    EVICTED("evicted") {
      @Override
      void take(KubernetesClient client, List<Pod> pods) {
        evict(client, counting(pods));
      }
    },
    /** As {@code kubectl drain --pod-selector} does it. */
    DRAINED("evicted") {
      @Override
      void take(KubernetesClient client, List<Pod> pods) {
        pods.forEach(pod -> evict(client, pod));
      }
    };

    private final String message;

    Way(String message) {
      this.message = message;
    }

    abstract void take(KubernetesClient client, List<Pod> pods);

    private static Pod counting(List<Pod> pods) {
      return pods.stream()
          .filter(pod -> "count".equals(pod.getMetadata().getLabels().get(Marks.TASK)))
          .findFirst()
          .orElseThrow();
    }

    /** As for {@code kubectl drain}, one that has gone by itself is evicted. */
    private static void evict(KubernetesClient client, Pod pod) {
      PodResource its =
          client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName());
      try {
        its.evict();
      } catch (KubernetesClientException e) {
        assertThat(e.getCode()).as(e.getMessage()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B8: a task whose pod goes by somebody else has failed, however well it takes that")
  void aTaskWhosePodGoesHasFailed(Way way) throws Exception {
    for (int left = RUNS; left > 0; left -= TOGETHER) {
      // Given
      List<String> runs = underWay(false, Math.min(left, TOGETHER));

      // When
      for (String run : runs) {
        way.take(client(), live(run));
      }

      // Then
      for (String run : runs) {
        WorkflowRunStatus status = Objects.requireNonNull(TIPHYS.end(run).getStatus());
        assertThat(status.phase()).as(status.toString()).isEqualTo("Failed");
        assertThat(status.message()).contains(way.message);
      }
    }
  }

  @Test
  @DisplayName("B8: a pod's sidecar publishes what it can when the pod goes by somebody else")
  void itsSidecarPublishesWhatItCan() throws Exception {
    // Given
    String run = underWay(true, 1).getFirst();

    // When
    Way.DELETED.take(client(), live(run));

    // Then: also what the task wrote when it was told to end
    TIPHYS.succeeded(run);
    List<String> taken =
        namespace().tasks(run, "take").stream().map(DisruptionsTest::number).toList();
    assertThat(taken).contains("last");
    for (int n = 1; n < taken.size(); n++) {
      assertThat(taken).contains(String.valueOf(n));
    }
  }

  private List<String> underWay(boolean continues, int count) throws Exception {
    Path file = file(continues);
    List<String> runs = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      runs.add(TIPHYS.submit(file));
    }
    for (String run : runs) {
      Wait.until("some are taken", () -> namespace().tasks(run, "take").size() >= 3);
    }
    return runs;
  }

  private Path file(boolean continues) throws IOException {
    return Files.writeString(
        folder.resolve("disrupted.yaml"), YAML.replace("CONTINUE", String.valueOf(continues)));
  }

  private static List<Pod> live(String run) {
    return namespace().tasks(run).stream()
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .toList();
  }

  private static String number(Pod pod) {
    return pod.getMetadata().getAnnotations().getOrDefault(Marks.PARAMETER_PREFIX + "number", "");
  }

  private static KubernetesClient client() {
    return namespace().client();
  }

  private static TestNamespace namespace() {
    return TIPHYS.namespace();
  }
}
