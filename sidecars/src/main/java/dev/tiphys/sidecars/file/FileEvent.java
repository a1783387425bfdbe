package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event that a change has become; what does not apply is left out.
 *
 * @param path as the task sees it
 * @param name the path's last part
 * @param from the path before a rename
 * @param size in bytes; of a file that is gone unknown
 * @param mtime time of the last change; likewise
 */
record FileEvent(
    Change kind,
    String path,
    String name,
    @Nullable String from,
    @Nullable Long size,
    @Nullable String mtime,
    @Nullable String content,
    @Nullable String encoding,
    @Nullable String sha256,
    @Nullable String omitted) {
  private static final long NANOS = 1_000_000_000;

  /**
   * Of one change.
   *
   * @param root the volume's folder, as the task sees it
   */
  static FileEvent of(Change kind, Decision.Settled settled, String root, FileContent content) {
    String path = settled.path();
    FileState state = settled.now() == null ? null : settled.now().state();
    return new FileEvent(
        kind,
        root + "/" + path,
        path.substring(path.lastIndexOf('/') + 1),
        kind == Change.RENAME ? root + "/" + settled.from() : null,
        state == null ? null : state.size(),
        state == null ? null : time(state.mtime()),
        content.text(),
        content.encoding(),
        content.sha256(),
        content.omitted());
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
        .toString();
  }
}
