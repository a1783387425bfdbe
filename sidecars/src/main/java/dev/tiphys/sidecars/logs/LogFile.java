package dev.tiphys.sidecars.logs;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a container's log as it is found in the folder.
 *
 * @param key what the file system knows it by; another file may get it once this one is gone
 * @param first time of its first record; empty while it has none
 */
record LogFile(Path path, @Nullable Object key, String first) {
  /** Longest time that a record may begin with: what is longer is none. */
  private static final int MAX_TIME_BYTES = 64;

  private static final String COMPRESSED = ".gz";

  /** Looks at a file; empty if it is gone meanwhile. */
  static Optional<LogFile> find(Path path) throws IOException {
    Object key = key(path).orElse(null);
    try (InputStream in = bytes(path)) {
      byte[] head = in.readNBytes(MAX_TIME_BYTES);
      int end = 0;
      while (end < head.length && head[end] != ' ') {
        end++;
      }
      boolean whole = end < head.length;
      String first = whole ? new String(head, 0, end, StandardCharsets.US_ASCII) : "";
      // another key now: it was renamed while we looked, and will be found at the next look
      return Optional.of(new LogFile(path, key, first))
          .filter(file -> Objects.equals(key, key(path).orElse(null)));
    } catch (NoSuchFileException | EOFException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> key(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the name is still this file's. */
  boolean named(Path name) {
    return key(name).map(now -> now.equals(key)).orElse(true);
  }

  /**
   * How many bytes can be read of a file that is being written to. Of one that is not, or is gone,
   * no less than were read.
   */
  long size() throws IOException {
    if (path.toString().endsWith(COMPRESSED)) {
      return Long.MAX_VALUE;
    }
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
  }

  /** When its first record was written; the far future for a file without one. */
  Instant begin() {
    return instant(first).orElse(Instant.MAX);
  }

  /** The time that names a file. */
  static Optional<Instant> instant(String time) {
    try {
      return time.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens it; at the end, a read finds what was written since.
   *
   * @return empty if the name is another file's by now
   */
  Optional<InputStream> open(long offset) throws IOException {
    InputStream in = null;
    try {
      in = bytes(path);
      in.skipNBytes(offset);
      if (LogFile.find(path).filter(this::same).isPresent()) {
        return Optional.of(in);
      }
    } catch (NoSuchFileException | EOFException e) {
      // rotated away between the look at the folder and this
    }
    if (in != null) {
      in.close();
    }
    return Optional.empty();
  }

  private boolean same(LogFile now) {
    return Objects.equals(now.key, key) && (first.isEmpty() || now.first.equals(first));
  }

  private static InputStream bytes(Path path) throws IOException {
    InputStream file = Files.newInputStream(path);
    return path.toString().endsWith(COMPRESSED)
        ? new GZIPInputStream(new BufferedInputStream(file))
        : file;
  }
}
