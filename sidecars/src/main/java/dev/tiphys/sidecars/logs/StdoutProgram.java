package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.program.Program;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.program.StopNotice;
import dev.tiphys.sidecars.publish.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The {@code stdoutwatcher} as a program of its own. */
public final class StdoutProgram implements Program {
  private final StdoutSettings settings;
  private final StdoutSidecar sidecar;
  private final StopNotice notice;

  private StdoutProgram(StdoutSettings settings) throws IOException {
    this.settings = settings;
    this.sidecar =
        StdoutSidecar.start(
            settings, source(settings), settings.common().transport(), Surroundings.real());
    this.notice = StopNotice.listen(settings.common(), sidecar::stopped);
  }

  /**
   * Starts it.
   *
   * @throws IOException if its port is taken, or the cluster's certificates cannot be read
   */
  public static Start start(Map<String, String> environment) throws IOException {
    return switch (StdoutEnvironment.read(environment)) {
      case SidecarSettings.Complete<StdoutSettings>(StdoutSettings settings) ->
          new Started(new StdoutProgram(settings));
      case SidecarSettings.Incomplete<StdoutSettings>(List<String> problems) ->
          new WrongSettings(problems);
    };
  }

  private static LogSource source(StdoutSettings settings) throws IOException {
    return switch (settings.capture()) {
      case Capture.Files(var folder) -> new FileLog(folder, settings.lines().maxLine());
      case Capture.Api api ->
          new ApiLog(
              PodLog.of(
                  api.server(),
                  api.account(),
                  api.namespace(),
                  settings.common().contract().origin().instance(),
                  settings.main()),
              settings.lines().maxLine());
    };
  }

  @Override
  public int end() throws InterruptedException {
    boolean whole = sidecar.end(settings.common().grace());
    notice.close();
    return notice.exitCode(whole);
  }

  @Override
  public CompletableFuture<Void> failed() {
    return sidecar.failed();
  }
}
