package dev.tiphys.sidecars.file;

import dev.tiphys.sidecars.program.Program;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.program.StopNotice;
import dev.tiphys.sidecars.publish.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The {@code filewatcher} as a program of its own. */
public final class FileProgram implements Program {
  private final FileSettings settings;
  private final FileSidecar sidecar;
  private final StopNotice notice;

  private FileProgram(FileSettings settings) throws IOException {
    this.settings = settings;
    this.sidecar = FileSidecar.start(settings, settings.common().transport(), Surroundings.real());
    this.notice = StopNotice.listen(settings.common(), sidecar::stopped);
  }

  /**
   * Starts it.
   *
   * @throws IOException if its port is taken, or its state cannot be kept
   */
  public static Start start(Map<String, String> environment) throws IOException {
    return switch (FileSettings.read(environment)) {
      case SidecarSettings.Complete<FileSettings>(FileSettings settings) ->
          new Started(new FileProgram(settings));
      case SidecarSettings.Incomplete<FileSettings>(List<String> problems) ->
          new WrongSettings(problems);
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
