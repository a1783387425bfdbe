package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.knative.eventing.v1.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A workflow that is changed and applied again while a run of it is under way. */
@ClusterTest
class PlansSideBySideTest {
  private static final int LINES = 12;

  /** In seconds: a run has lines before it when the workflow has been changed. */
  private static final int LONG_PAUSE = 4;

  /** Until the watcher has seen the end, plus the time that it leaves. */
  private static final Duration GOES_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("plans"));

  @TempDir Path folder;

  /**
   * How the second version of a workflow differs: its events' type, how many tasks at once, any at
   * all.
   */
  private record Change(String workflow, String type, int parallelism, boolean takes) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("types", "lines", 10, true),
          new Change("tasks", "line", 10, false),
          new Change("parallelism", "line", 1, true));

  @Test
  @DisplayName("B7: each run ends by its own plan, and an old plan's Triggers go with its last run")
  void b7EachRunEndsByItsOwnPlan() throws Exception {
    // Given
    Map<Change, String> first = new LinkedHashMap<>();
    for (Change change : CHANGES) {
      first.put(change, TIPHYS.submit(workflow(change.workflow(), "line", 10, true, LONG_PAUSE)));
    }
    for (String run : first.values()) {
      Wait.until("events come", () -> !tasks(run).isEmpty());
    }

    // When
    Map<Change, String> second = new LinkedHashMap<>();
    for (Change change : CHANGES) {
      Path file =
          workflow(change.workflow(), change.type(), change.parallelism(), change.takes(), 1);
      second.put(change, TIPHYS.submit(file));
    }

    // Then
    for (Change change : CHANGES) {
      String older = Objects.requireNonNull(first.get(change));
      String newer = Objects.requireNonNull(second.get(change));
      TIPHYS.succeeded(older);
      TIPHYS.succeeded(newer);
      assertThat(tasks(older)).as(change.workflow()).hasSize(LINES);
      assertThat(tasks(newer)).as(change.workflow()).hasSize(change.takes() ? LINES : 0);
      Wait.until(
          "the old plan's Triggers are gone",
          GOES_WITHIN,
          () -> plansWithTriggers(change.workflow()).equals(Set.of(planOf(newer))),
          () -> plansWithTriggers(change.workflow()));
    }
  }

  @Test
  @DisplayName("B7: a plan that is applied again is served again, with no Trigger of the other")
  void b7ThereAndBackAgain() throws Exception {
    // Given
    Path older = workflow("again", "line", 10, true, 1);
    String first = TIPHYS.submit(older);
    TIPHYS.succeeded(first);
    TIPHYS.apply(workflow("again", "lines", 10, true, 1));

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

  /**
   * @param pause between lines, in seconds
   */
  private Path workflow(String name, String type, int parallelism, boolean takes, int pause)
      throws Exception {
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
              container: {image: "alpine:3.6", command: [sh, -c], args: ["for n in $(seq %3$d); do echo $n; sleep %6$d; done"]}
              sidecars: [{name: lines, image: tiphys/stdoutwatcher, parameters: {name: %4$s}}]
            - name: take
              parallelism: %5$d
              inputs:
                parameters:
                  - {name: n, valueFrom: {event: {metadata: {name: %4$s}, objectField: content, eventPolicy: create}}}
              container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.n}}"]}
        """
            .formatted(name, step, LINES, type, parallelism, pause);
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
