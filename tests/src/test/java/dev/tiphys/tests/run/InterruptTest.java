package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  @TempDir Path work;

  @Test
  void endsWithExitCode130AndLeavesNoProcessBehind() throws Exception {
    // Given: the coin is still flipped while the first heads run
    String workflow = Examples.coinflip("exec sleep 600");
    try (TiphysProcess tiphys = TiphysProcess.run(work, workflow)) {
      ExampleRun.until("heads run", () -> running(tiphys.children(), "sleep").size() > 1);
      ExampleRun.until(
          "the coin is flipped", () -> !running(tiphys.children(), "python").isEmpty());
      List<ProcessHandle> tasks = tiphys.children();

      // When
      tiphys.signal("INT");

      // Then
      assertThat(tiphys.end(ExampleRun.DEADLINE)).isEqualTo(130);
      assertThat(running(tasks, "")).isEmpty();
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
