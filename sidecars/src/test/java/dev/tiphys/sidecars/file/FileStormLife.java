package dev.tiphys.sidecars.file;

import static dev.tiphys.triggers.plan.EventSidecar.OnStop.DISCARD;

import dev.tiphys.sidecars.publish.PipeTransport;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.plan.FileWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A life of the filewatcher. */
public final class FileStormLife {
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private FileStormLife() {}

  /**
   * Lives; the arguments are the folder, that of its state, and what exists when the task has
   * ended.
   */
  public static void main(String[] args) throws Exception {
    FileSidecar sidecar =
        FileSidecar.start(
            FileFixtures.settings(
                FileFixtures.watch(Path.of(args[0]), FileWatch.ALL_STATES),
                Path.of(args[1]),
                DISCARD),
            new PipeTransport(),
            Surroundings.real());
    while (!Files.exists(Path.of(args[2]))) {
      Thread.sleep(POLL);
    }
    System.exit(sidecar.end(GRACE) ? 0 : 1);
  }
}
