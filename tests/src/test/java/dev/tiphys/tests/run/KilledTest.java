package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks when {@code tiphys run} is killed. */
class KilledTest {
  /** A task that ignores SIGTERM, and has a child, an orphan, and a child without environment. */
  private static final String STUBBORN =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: stubborn}
      spec:
        entrypoint: main
        templates:
          - name: main
            container:
              image: alpine:3.6
              command: [sh, -c]
              args: ["trap '' TERM; sleep 571 & (sleep 572 &); env -i /bin/sleep 573 & sleep 574"]
      """;

  private static final int SLEEPERS = 4;

  @TempDir Path work;

  @AfterEach
  void killWhatIsLeft() {
    sleepers().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @DisplayName("B5: a killed tiphys leaves no process behind")
  void tiphysIsKilled() throws Exception {
    // Given
    try (TiphysProcess tiphys = begun()) {
      // When
      tiphys.signal("KILL");
      // Then
      ExampleRun.until("nothing is left", () -> sleepers().isEmpty());
    }
  }

  @Test
  @DisplayName("B5: a reaper that is killed has a successor, and the tasks go on")
  void reaperIsKilled() throws Exception {
    // Given
    try (TiphysProcess tiphys = begun()) {
      ProcessHandle first = reaper(tiphys);
      // the successor of one that ends at once would end at once as well
      Thread.sleep(1_500);
      // When
      first.destroyForcibly();
      ExampleRun.until("there is another", () -> reapers(tiphys).anyMatch(it -> !it.equals(first)));
      int running = sleepers().size();
      tiphys.signal("KILL");
      // Then
      assertThat(running).isEqualTo(SLEEPERS);
      ExampleRun.until("nothing is left", () -> sleepers().isEmpty());
    }
  }

  @Test
  @DisplayName("B5: what is left when both are killed is ended by the next tiphys run")
  void bothAreKilled() throws Exception {
    // Given
    try (TiphysProcess tiphys = begun()) {
      ProcessHandle reaper = reaper(tiphys);
      tiphys.signal("STOP");
      reaper.destroyForcibly();
      tiphys.signal("KILL");
      Thread.sleep(500);
      int left = sleepers().size();
      // When
      Path other = Files.createDirectory(work.resolve("other"));
      String quick = STUBBORN.replaceFirst("args: .*", "args: [\"sleep 2\"]");
      try (TiphysProcess next = TiphysProcess.run(other, quick)) {
        next.end(ExampleRun.DEADLINE);
      }
      // Then
      assertThat(left).isEqualTo(SLEEPERS);
      assertThat(sleepers()).isEmpty();
    }
  }

  private TiphysProcess begun() throws Exception {
    TiphysProcess tiphys = TiphysProcess.run(work, STUBBORN);
    ExampleRun.until("all of it runs", () -> sleepers().size() == SLEEPERS);
    return tiphys;
  }

  private static ProcessHandle reaper(TiphysProcess tiphys) {
    return reapers(tiphys).findFirst().orElseThrow();
  }

  private static Stream<ProcessHandle> reapers(TiphysProcess tiphys) {
    return tiphys.children().stream()
        .filter(it -> arguments(it).contains("tiphys-reaper"))
        .filter(ProcessHandle::isAlive);
  }

  /** By what they sleep: nobody else on the machine sleeps as long. */
  private static List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(it -> arguments(it).stream().anyMatch(word -> word.matches("57[1-4]")))
        .toList();
  }

  private static List<String> arguments(ProcessHandle process) {
    return List.of(process.info().arguments().orElse(new String[0]));
  }
}
