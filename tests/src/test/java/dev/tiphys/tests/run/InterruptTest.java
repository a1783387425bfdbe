package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest {
  private static final String LONE =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: lone}
      spec:
        entrypoint: one
        templates:
          - name: one
            container: {image: alpine:3.6, command: [sleep, "600"]}
      """;

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsWithExitCode130AndLeavesNoProcessBehind(String signal) throws Exception {
    // Given: the coin is still flipped while the first heads run
    String workflow = Examples.coinflip("exec sleep 600");
    try (TiphysProcess tiphys = TiphysProcess.run(work, workflow)) {
      ExampleRun.until("heads run", () -> running(tiphys.children(), "sleep").size() > 1);
      ExampleRun.until(
          "the coin is flipped", () -> !running(tiphys.children(), "python").isEmpty());
      List<ProcessHandle> tasks = tiphys.children();

      // When
      tiphys.signal(signal);

      // Then
      assertThat(tiphys.end(ExampleRun.DEADLINE)).isEqualTo(130);
      assertThat(running(tasks, "")).isEmpty();
      assertThat(tiphys.output()).contains("Failed in ", "interrupted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalToTheWholeGroupStopsTasksAndFailsNone(String signal) throws Exception {
    // Given
    try (TiphysProcess tiphys = TiphysProcess.run(work, LONE)) {
      ExampleRun.until("it sleeps", () -> !running(tiphys.children(), "sleep").isEmpty());

      // When
      tiphys.signalGroup(signal);

      // Then
      assertThat(tiphys.end(ExampleRun.DEADLINE)).isEqualTo(130);
      assertThat(tiphys.output()).contains("one 1 stopped").doesNotContain("exit code");
    }
  }

  /** Those whose program can be told, which that of a process that has ended cannot. */
  private static List<ProcessHandle> running(List<ProcessHandle> processes, String program) {
    return processes.stream()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().filter(c -> c.contains(program)).isPresent())
        .toList();
  }
}
