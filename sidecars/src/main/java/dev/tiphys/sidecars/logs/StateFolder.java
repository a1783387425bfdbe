package dev.tiphys.sidecars.logs;

import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sidecar remembers from one life to the next. It survives the container, not the pod, so
 * nothing is forced to the disk.
 */
final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private final Path place;
  private final Path written;
  private final Path stopped;

  /**
   * @param container sidecars of one pod may share the folder
   */
  StateFolder(Path folder, String container) {
    this.place = folder.resolve(container + ".place.json");
    this.written = folder.resolve(container + ".place.tmp");
    this.stopped = folder.resolve(container + ".stopped");
  }

  /** Where the last life left off; the start if there is nothing to be read. */
  Place place() {
    try {
      return Json.read(Files.readString(place), Place.class);
    } catch (NoSuchFileException e) {
      return Place.START;
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} cannot be read; the log is read from its beginning", place, e);
      return Place.START;
    }
  }

  /** Keeps it; one who is killed meanwhile finds the old one. */
  void keep(Place now) throws IOException {
    Files.writeString(written, Json.write(now));
    Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether the task was being stopped in an earlier life. */
  boolean stopped() {
    return Files.exists(stopped);
  }

  void keepStopped() throws IOException {
    Files.writeString(stopped, "");
  }
}
