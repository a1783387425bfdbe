package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of runs by {@code kubectl} and Prometheus. */
@ClusterTest
class ObservabilityTest {
  @RegisterExtension
  static final Deployed TIPHYS = Deployed.in(TestNamespace.create("observability"));

  private static final int TASKS = 20;

  /** The column is right by then, whatever it has shown in between. */
  private static final Duration RIGHT_WITHIN = Duration.ofSeconds(2);

  private static final String FAN_OUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: fan-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: emit, template: emit}
              - - {name: take, template: take}
          - name: emit
            container: {image: "alpine:3.6", command: [sh, -c], args: ["seq %d; sleep 600"]}
            sidecars: [{name: lines, image: tiphys/stdoutwatcher, parameters: {name: line}}]
          - name: take
            inputs:
              parameters:
                - {name: n, valueFrom: {event: {metadata: {name: line}, objectField: content, eventPolicy: create}}}
            container: {image: "alpine:3.6", command: [sleep, "600"]}
      """
          .formatted(TASKS);

  private static final String NO_IMAGE =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: stalled-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: one, template: one}
          - name: one
            pendingTimeout: 15s
            container: {image: "dev.local/no-such:1", command: [x]}
      """;

  @TempDir Path folder;

  @Test
  @DisplayName("E4: TASKS is right within two seconds, and final at the end")
  void e4TasksIsRight() throws Exception {
    // Given
    String run = TIPHYS.submit(file("fan.yaml", FAN_OUT));

    // When
    Wait.until("all are there", () -> TIPHYS.namespace().tasks(run, "take").size() == TASKS);

    // Then
    Wait.until(
        "TASKS tells of them",
        RIGHT_WITHIN,
        () -> status(run).tasks().equals("emit 1 active; take 10 active, 10 queued"),
        () -> status(run).tasks());
    assertThat(metrics())
        .contains("tiphys_runs{phase=\"Running\"} 1.0")
        .contains("tiphys_task_instances{state=\"running\"}");

    // When
    Command.Outcome stopped = Cli.run("stop", run, "-n", TIPHYS.namespace().name());

    // Then
    assertThat(stopped.exitCode()).as(stopped.output()).isZero();
    TIPHYS.end(run);
    assertThat(status(run).tasks()).isEqualTo("emit 1 stopped; take %d stopped".formatted(TASKS));
  }

  @Test
  @DisplayName("E5: conditions and Events tell what stalls a run, and how it ends")
  void e5ConditionsAndEventsTellOfARun() throws Exception {
    // Given
    String run = TIPHYS.submit(file("stalled.yaml", NO_IMAGE));

    // When
    Wait.until("it is stalled", () -> condition(run, "Stalled").getStatus().equals("True"));

    // Then
    assertThat(condition(run, "Stalled").getMessage()).contains("Image");
    assertThat(condition(run, "Progressing").getStatus()).isEqualTo("False");
    assertThat(condition(run, "Completed").getStatus()).isEqualTo("False");
    TIPHYS.end(run);
    assertThat(condition(run, "Completed"))
        .matches(it -> it.getStatus().equals("True") && it.getReason().equals("Failed"));
    assertThat(condition(run, "Stalled").getStatus()).isEqualTo("False");
    Wait.until(
        "Events tell the same",
        Wait.LONG,
        () -> reasons(run).containsAll(Set.of("Started", "Stalled", "Failed")),
        () -> reasons(run));
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static WorkflowRunStatus status(String run) {
    return Objects.requireNonNull(TIPHYS.namespace().run(run).getStatus());
  }

  private static Condition condition(String run, String type) {
    WorkflowRunStatus status = TIPHYS.namespace().run(run).getStatus();
    List<Condition> all = status == null ? null : status.conditions();
    return (all == null ? List.<Condition>of() : all)
        .stream().filter(it -> it.getType().equals(type)).findFirst().orElseGet(Condition::new);
  }

  private static Set<String> reasons(String run) {
    return TIPHYS
        .namespace()
        .client()
        .v1()
        .events()
        .inNamespace(TIPHYS.namespace().name())
        .withField("involvedObject.name", run)
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .collect(Collectors.toSet());
  }

  /** Of the watcher, by way of the API server. */
  private static String metrics() {
    String namespace = TIPHYS.namespace().name();
    String pod =
        TIPHYS.namespace().client().pods().inNamespace(namespace).list().getItems().stream()
            .map(it -> it.getMetadata().getName())
            .filter(name -> name.startsWith("tiphys-watcher-"))
            .findFirst()
            .orElseThrow();
    return TIPHYS
        .namespace()
        .client()
        .raw("/api/v1/namespaces/" + namespace + "/pods/" + pod + ":8080/proxy/metrics");
  }
}
