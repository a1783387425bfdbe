package dev.tiphys.sidecars.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import io.cloudevents.CloudEvent;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A life of the watcher as a process whose sink is its parent: each event is a number and its data
 * on standard output, and acknowledged by a byte on standard input.
 */
public final class StormLife implements Transport {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int ACCEPTED = 202;

  private final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));

  private StormLife() {}

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
            new StormLife(),
            Surroundings.real());
    System.exit(sidecar.end(GRACE) ? 0 : 1);
  }

  @Override
  public int post(CloudEvent event) throws IOException {
    out.writeLong(Position.of(event).orElseThrow().sequence());
    out.writeUTF(event.getData() == null ? "" : new String(event.getData().toBytes(), UTF_8));
    out.flush();
    if (System.in.read() < 0) {
      throw new IOException("the parent is gone");
    }
    return ACCEPTED;
  }
}
