package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.TaskTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodTest {
  private static final String LITTLE_MEMORY = "-Xmx64m";
  private static final String NO_SURVIVOR = "-XX:+ExitOnOutOfMemoryError";

  /** So long without another line: it is not only slow. */
  private static final Duration STILL = Duration.ofSeconds(2);

  /** Some thousand lines are enough to fill the queue of instances, the lanes and the pipes. */
  private static final long FLOOD_MAX_BYTES = 512 * 1024;

  @TempDir Path work;

  @Test
  void anEmitterFasterThanItsConsumersIsHeldUpAndTheRunStillReacts() throws Exception {
    // Given: the coin is flipped as fast as it can be, and no heads ever ends
    String workflow = Examples.coinflip("echo $$ > pid; exec sleep 600");
    try (TiphysProcess tiphys = TiphysProcess.run(work, workflow, LITTLE_MEMORY, NO_SURVIVOR)) {
      ExampleRun.until("heads run", () -> pids(tiphys) == TaskTemplate.DEFAULT_PARALLELISM);
      ExampleRun.until("the coin is held up", () -> isStill(tiphys));
      long flood = flood(tiphys);

      // When: heads fail, all that run: beside one that has failed the others end by themselves
      for (Path pid : tiphys.files("pid")) {
        kill(pid);
      }
      int exit = tiphys.end(ExampleRun.DEADLINE);

      // Then: so does the run
      assertThat(exit).as(tiphys.output()).isEqualTo(1);
      assertThat(tiphys.output()).contains("exit code 137");
      assertThat(flood).isLessThan(FLOOD_MAX_BYTES);
    }
  }

  private static boolean isStill(TiphysProcess tiphys) throws Exception {
    long before = flood(tiphys);
    Thread.sleep(STILL);
    return before > 0 && flood(tiphys) == before;
  }

  /** Bytes of what was read of the coin's flips; heads say nothing. */
  private static long flood(TiphysProcess tiphys) throws IOException {
    long bytes = 0;
    for (Path file : tiphys.files("stdout.log")) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static int pids(TiphysProcess tiphys) throws IOException {
    int written = 0;
    for (Path file : tiphys.files("pid")) {
      written += Files.size(file) > 0 ? 1 : 0;
    }
    return written;
  }

  private static void kill(Path pid) throws IOException {
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow().destroyForcibly();
  }
}
