package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A workflow that counts: each number that one task writes starts an instance of another. */
final class Numbers {
  /** As many instances of a task are kept; each of them shows that its number was not lost. */
  static final int COUNT = 60;

  private static final String YAML =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: numbers-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: count, template: count}
              - - {name: take, template: take}
          - name: count
            container:
              image: alpine:3.6
              command: [sh, -c]
              args: ["for n in $(seq COUNT); do echo number-$n; sleep PAUSE; done"]
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

  /** How many have been taken when a run is in full swing. */
  private static final int SOME = 5;

  private Numbers() {}

  /** A run that has taken some of its numbers, and has most of them before it. */
  static String underWay(Deployed tiphys, Path folder) throws Exception {
    // for half a minute: a fault in a stream's last seconds fails the run instead
    String run = tiphys.submit(file(folder, "0.5"));
    Wait.until("some are taken", () -> tiphys.namespace().tasks(run, "take").size() >= SOME);
    return run;
  }

  /** The run succeeds, and each number was taken once. */
  static void assertAllTaken(Deployed tiphys, String run) throws Exception {
    tiphys.succeeded(run);
    assertEachTakenOnce(tiphys.namespace(), run);
  }

  /**
   * @param pause seconds between two numbers
   */
  static Path file(Path folder, String pause) throws IOException {
    return Files.writeString(
        folder.resolve("numbers.yaml"),
        YAML.replace("COUNT", String.valueOf(COUNT)).replace("PAUSE", pause));
  }

  /** Nothing lost, nothing doubled: one instance for each number. */
  private static void assertEachTakenOnce(TestNamespace namespace, String run) throws Exception {
    List<String> taken = namespace.tasks(run, "take").stream().map(Numbers::number).toList();
    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, COUNT).mapToObj(n -> "number-" + n).toList());
    Wait.until(
        "all of them have ended well",
        () ->
            namespace.tasks(run, "take").stream()
                .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded")));
  }

  private static String number(Pod pod) {
    return pod.getMetadata().getAnnotations().getOrDefault(Marks.PARAMETER_PREFIX + "number", "");
  }
}
