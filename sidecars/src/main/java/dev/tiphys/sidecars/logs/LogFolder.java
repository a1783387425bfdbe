package dev.tiphys.sidecars.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one container's log: {@code 0.log}, which is written to, and older ones, {@code
 * 0.log.TIME} and {@code 0.log.TIME.gz}. They are told apart by the time of their first record,
 * since the kubelet renames them, compresses them, and deletes the oldest.
 */
record LogFolder(Path folder) {
  private static final String WRITTEN = "0.log";
  private static final String UNFINISHED = ".tmp";

  /** The file that was called so in an earlier life. */
  Optional<LogFile> named(String first) throws IOException {
    return files().filter(file -> file.first().equals(first)).findFirst();
  }

  /**
   * The file after the one that begins at that time; of the written one nobody may know yet when it
   * begins.
   *
   * @param first empty: the oldest file
   */
  Optional<LogFile> after(String first) throws IOException {
    return files()
        .filter(file -> LogFile.instant(first).map(file.begin()::isAfter).orElse(true))
        .min(Comparator.comparing(LogFile::begin));
  }

  /** Whether the runtime has begun another file since. */
  boolean superseded(LogFile file) {
    return !file.named(folder.resolve(WRITTEN));
  }

  private Stream<LogFile> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> paths = entries.filter(LogFolder::isLog).toList();
      Stream.Builder<LogFile> files = Stream.builder();
      for (Path path : paths) {
        LogFile.find(path).ifPresent(files);
      }
      return files.build();
    } catch (NoSuchFileException e) {
      return Stream.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isLog(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(WRITTEN) && !name.endsWith(UNFINISHED);
  }
}
