package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.PipeTransport;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A life of the stdoutwatcher, whose task has ended. */
public final class LineStormLife {
  private static final Duration GRACE = Duration.ofMinutes(5);

  private LineStormLife() {}

  /** Lives; the argument is the folder with the log and the state. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    FileLog log = new FileLog(folder.resolve("log/main"), Lines.EVERY.maxLine());
    StdoutSidecar sidecar =
        StdoutSidecar.start(
            new StdoutSettings(
                new SidecarSettings(
                    Fixtures.contract(),
                    OnStop.DISCARD,
                    Files.createDirectories(folder.resolve("state")),
                    List.of(0),
                    GRACE),
                Stream.STDOUT,
                Lines.EVERY,
                new Capture.Files(folder.resolve("log/main")),
                "main"),
            log,
            new PipeTransport(),
            Surroundings.real());
    System.exit(sidecar.end(GRACE) ? 0 : 1);
  }
}
