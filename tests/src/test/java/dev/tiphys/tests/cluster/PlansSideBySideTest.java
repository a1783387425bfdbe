package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.knative.eventing.v1.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workflow that is changed and applied again while a run of it is under way. */
@ClusterTest
class PlansSideBySideTest {
  private static final int LINES = 12;

  /** Until the watcher has seen the end, plus the time that it leaves. */
  private static final Duration GOES_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("plans"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "types, line, lines, 10, true",
    "tasks, line, line, 10, false",
    "parallelism, line, line, 1, true"
  })
  @DisplayName("B7: each run ends by its own plan, and an old plan's Triggers go with its last run")
  void b7EachRunEndsByItsOwnPlan(
      String name, String type, String otherType, int otherParallelism, boolean otherTakes)
      throws Exception {
    // Given
    String first = TIPHYS.submit(workflow(name, type, 10, true));
    Wait.until("events come", () -> !tasks(first).isEmpty());

    // When
    String second = TIPHYS.submit(workflow(name, otherType, otherParallelism, otherTakes));

    // Then
    TIPHYS.succeeded(first);
    TIPHYS.succeeded(second);
    assertThat(tasks(first)).hasSize(LINES);
    assertThat(tasks(second)).hasSize(otherTakes ? LINES : 0);
    Wait.until(
        "the old plan's Triggers are gone",
        GOES_WITHIN,
        () -> plansWithTriggers(name).equals(Set.of(planOf(second))),
        () -> plansWithTriggers(name));
  }

  @Test
  @DisplayName("B7: a plan that is applied again is served again, with no Trigger of the other")
  void b7ThereAndBackAgain() throws Exception {
    // Given
    Path older = workflow("again", "line", 10, true);
    String first = TIPHYS.submit(older);
    TIPHYS.succeeded(first);
    TIPHYS.apply(workflow("again", "lines", 10, true));

    // When
    String second = TIPHYS.submit(older);
    TIPHYS.succeeded(second);

    // Then: also when nothing but the one plan's Triggers is left in the channel
    assertThat(planOf(second)).isEqualTo(planOf(first));
    Wait.until(
        "the other plan's Triggers are gone",
        GOES_WITHIN,
        () -> plansWithTriggers("again").equals(Set.of(planOf(first))),
        () -> plansWithTriggers("again"));
    long begin = System.nanoTime();
    String third = TIPHYS.submit(older);
    TIPHYS.succeeded(third);
    assertThat(tasks(third)).hasSize(LINES);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(90);
  }

  private Path workflow(String name, String type, int parallelism, boolean takes) throws Exception {
    String step = takes ? "- - {name: take, template: take}" : "";
    String text =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: %1$s}
        spec:
          entrypoint: main
          templates:
            - name: main
              steps:
                - - {name: count, template: count}
                %2$s
            - name: count
              container: {image: "alpine:3.6", command: [sh, -c], args: ["for n in $(seq %3$d); do echo $n; sleep 1; done"]}
              sidecars: [{name: lines, image: tiphys/stdoutwatcher, parameters: {name: %4$s}}]
            - name: take
              parallelism: %5$d
              inputs:
                parameters:
                  - {name: n, valueFrom: {event: {metadata: {name: %4$s}, objectField: content, eventPolicy: create}}}
              container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.n}}"]}
        """
            .formatted(name, step, LINES, type, parallelism);
    return Files.writeString(
        folder.resolve(name + "-" + type + parallelism + takes + ".yaml"), text);
  }

  private static Set<String> tasks(String run) {
    return TIPHYS.namespace().tasks(run, "take").stream()
        .map(pod -> pod.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private static String planOf(String run) {
    return ResourceName.of(TIPHYS.namespace().run(run).getSpec().plan());
  }

  private static Set<String> plansWithTriggers(String workflow) {
    return TIPHYS
        .namespace()
        .client()
        .resources(Trigger.class)
        .inNamespace(TIPHYS.namespace().name())
        .withLabel(Marks.WORKFLOW, workflow)
        .list()
        .getItems()
        .stream()
        .map(trigger -> trigger.getMetadata().getLabels().get(Marks.PLAN))
        .collect(Collectors.toSet());
  }
}
