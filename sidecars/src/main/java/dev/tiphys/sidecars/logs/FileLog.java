package dev.tiphys.sidecars.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log files of a container. A file is read to its end through its open handle, whatever
 * it is called by then, before the next one is looked for.
 */
final class FileLog implements LogSource {
  private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);
  private static final int BUFFER_BYTES = 64 << 10;

  /** How often to look though nobody rang. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long a write to the old file may go on after the new one is there. */
  private static final Duration SWITCH = Duration.ofMillis(20);

  /** How long nothing has to come after the container's end for the log to be over. */
  private static final Duration SILENCE = Duration.ofMillis(200);

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Bell bell = new Bell();
  private final LogFolder folder;
  private final int maxLine;

  /** The file that was read last; empty before the first. */
  private String last = "";

  private boolean gap;
  private long lastBytes = System.nanoTime();
  private volatile long endedAt;
  private volatile boolean ended;

  /**
   * @param folder the container's folder; it may not be there yet
   * @param maxLine how many bytes of a line are kept
   */
  FileLog(Path folder, int maxLine) {
    this.folder = new LogFolder(folder);
    this.maxLine = maxLine;
  }

  private record Opened(LogFile file, long offset, InputStream in) {}

  private interface Look {
    Optional<Opened> look() throws IOException, InterruptedException;
  }

  @Override
  public void end() {
    endedAt = System.nanoTime();
    ended = true;
    bell.ring();
  }

  @Override
  public void follow(Place from, LineSink sink) throws IOException, InterruptedException {
    CriLines lines = new CriLines(from, maxLine, sink);
    FolderWatch watch = FolderWatch.start(folder.folder(), bell);
    try {
      last = from.file();
      Optional<Opened> opened = await(() -> again(from, lines));
      while (opened.isPresent()) {
        opened = readToEnd(opened.get(), lines) ? await(() -> next(lines)) : Optional.empty();
      }
      if (gap) {
        lines.gap(null);
      }
      lines.end();
    } finally {
      watch.close();
    }
  }

  /** Empty when the log is over before anything was found. */
  private Optional<Opened> await(Look look) throws IOException, InterruptedException {
    Optional<Opened> found = look.look();
    while (found.isEmpty() && !over()) {
      bell.await(POLL);
      found = look.look();
    }
    return found;
  }

  private Optional<Opened> again(Place from, CriLines lines)
      throws IOException, InterruptedException {
    if (from.file().isEmpty()) {
      return next(lines);
    }
    Optional<LogFile> same = folder.named(from.file());
    return same.isPresent() ? open(same.get(), from.offset()) : next(lines);
  }

  private Optional<Opened> next(CriLines lines) throws IOException, InterruptedException {
    gap = gap || (!last.isEmpty() && gone(last));
    Optional<LogFile> next = folder.after(last);
    if (next.isEmpty() || (gap && next.get().first().isEmpty())) {
      return Optional.empty();
    }
    Optional<Opened> opened = open(next.get(), 0);
    if (opened.isPresent()) {
      if (gap) {
        LOG.warn("lines after {} may lack: the log went faster than it was read", last);
        lines.gap(next.get().begin());
        gap = false;
      }
      lines.nextFile();
    }
    return opened;
  }

  /** A file that is just being renamed or compressed is there at the second look. */
  private boolean gone(String file) throws IOException, InterruptedException {
    if (folder.named(file).isPresent()) {
      return false;
    }
    Thread.sleep(SWITCH);
    return folder.named(file).isEmpty();
  }

  private static Optional<Opened> open(LogFile file, long offset) throws IOException {
    return file.open(offset).map(in -> new Opened(file, offset, in));
  }

  /** False at the end of the log, true where another file follows. */
  private boolean readToEnd(Opened opened, CriLines lines)
      throws IOException, InterruptedException {
    try (InputStream in = opened.in()) {
      boolean superseded = false;
      long position = opened.offset();
      while (true) {
        int length = in.read(buffer);
        if (length > 0) {
          lastBytes = System.nanoTime();
          position += length;
          lines.read(buffer, length);
        } else if (superseded) {
          return true;
        } else if (folder.superseded(opened.file())) {
          superseded = true;
          Thread.sleep(SWITCH);
        } else if (opened.file().size() < position) {
          // somebody has emptied it
          return true;
        } else if (over()) {
          return false;
        } else {
          bell.await(ended ? SWITCH : POLL);
        }
        last = lines.file().isEmpty() ? last : lines.file();
      }
    }
  }

  private boolean over() {
    long now = System.nanoTime();
    return ended && Math.min(now - lastBytes, now - endedAt) > SILENCE.toNanos();
  }
}
