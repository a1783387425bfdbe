package dev.tiphys.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are named by what they were made of, and are there as a whole or not at all. */
final class Folders {
  /** Of every file in an image: the JVM compares those of the jars with what its cache noted. */
  static final Instant TIME = Instant.EPOCH.plusSeconds(1);

  private static final String UNFINISHED = "unfinished";
  private static final int DIGITS = 12;

  private Folders() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Maker {
    /** Fills it; the folder itself does not exist yet. */
    void make(Path folder) throws Exception;
  }

  /**
   * The folder that was made of that; makes it if there is none, in place of any other.
   *
   * @param parent has no other folders than these
   */
  static Path made(Path parent, String fingerprint, Maker maker) throws Exception {
    Path folder = parent.resolve(fingerprint.substring(0, DIGITS));
    if (!Files.exists(folder)) {
      delete(parent);
      Path unfinished = Files.createDirectories(parent).resolve(UNFINISHED);
      maker.make(unfinished);
      setTimes(unfinished);
      Files.move(unfinished, folder);
    }
    return folder;
  }

  static void setTimes(Path folder) throws IOException {
    for (Path path : contents(folder)) {
      Files.setLastModifiedTime(path, FileTime.from(TIME));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path path : contents(folder).reversed()) {
        Files.delete(path);
      }
    }
  }

  /** All that is in it, in the folders of it too; a file has itself. */
  static List<Path> files(Path folder) throws IOException {
    return contents(folder).stream().filter(Files::isRegularFile).toList();
  }

  /** Each folder before what is in it. */
  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted().toList();
    }
  }
}
