package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods that cannot start: the run says why within seconds, and fails in its time. */
@ClusterTest
class NotStartingOnClusterTest {
  @RegisterExtension
  static final Deployed TIPHYS = Deployed.in(TestNamespace.create("not-starting"));

  /** Columns that a template's fields stand in. */
  private static final int FIELDS = 6;

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

  private static final String YAML =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: cannot-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: one, template: one}
          - name: one
            pendingTimeout: 15s
      """;

  @TempDir Path folder;

  /** A way of not starting: what the template has, and what is told. */
  enum Way {
    NO_IMAGE("container: {image: 'dev.local/no-such:1', command: [x]}", "Image", "no-such:1"),
    NO_NODE(
        """
        nodeSelector: {no: such}
        container: {image: 'alpine:3.6', command: ["true"]}
        """,
        "Unschedulable",
        "node"),
    NO_CLAIM(
        """
        volumes: [{name: data, persistentVolumeClaim: {claimName: no-such}}]
        container:
          image: alpine:3.6
          command: ["true"]
          volumeMounts: [{name: data, mountPath: /data}]
        """,
        "Unschedulable",
        "no-such"),
    NO_KEY(
        """
        container:
          image: alpine:3.6
          command: ["true"]
          env: [{name: A, valueFrom: {configMapKeyRef: {name: no-such, key: a}}}]
        """,
        "CreateContainerConfigError",
        "no-such"),
    SIDECAR_ENDS(
        """
        container: {image: 'alpine:3.6', command: ["true"]}
        sidecars:
          - name: bad
            image: alpine:3.6
            command: [sh, -c, "exit 7"]
            startupProbe: {exec: {command: ["true"]}}
            parameters: {name: x}
        """,
        "bad",
        "");

    private final String fields;
    private final String reason;
    private final String detail;

    Way(String fields, String reason, String detail) {
      this.fields = fields;
      this.reason = reason;
      this.detail = detail;
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B9: why a pod cannot start is told within seconds, and ends the run in its time")
  void whyAPodCannotStartIsTold(Way way) throws Exception {
    // Given
    Path file = Files.writeString(folder.resolve("cannot.yaml"), YAML + way.fields.indent(FIELDS));

    // When
    String run = TIPHYS.submit(file);
    Wait.until("its pod says why", () -> pod(run).contains(way.reason));

    // Then
    Wait.until(
        "the run says why",
        TOLD_WITHIN,
        () -> message(run).contains(way.reason) && message(run).contains(way.detail),
        () -> pod(run));
    assertThat(TIPHYS.namespace().phase(run)).isEqualTo("Running");
    WorkflowRunStatus end = Objects.requireNonNull(TIPHYS.end(run).getStatus());
    assertThat(end.phase()).isEqualTo("Failed");
    assertThat(end.message()).contains("did not start within 15 s").contains(way.reason);
  }

  /** What the pod says: how long a registry takes to answer is not ours. */
  private static String pod(String run) {
    return TIPHYS.namespace().tasks(run).stream()
        .flatMap(pod -> ObservedPod.of(pod).stream())
        .map(Instance::message)
        .collect(Collectors.joining());
  }

  private static String message(String run) {
    WorkflowRunStatus status = TIPHYS.namespace().run(run).getStatus();
    return status == null || status.message() == null ? "" : status.message();
  }
}
