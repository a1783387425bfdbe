package dev.tiphys.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as a whole. */
final class Folders {
  /** Of every file in an image: the JVM compares those of the jars with what its cache noted. */
  static final Instant TIME = Instant.EPOCH.plusSeconds(1);

  private Folders() {}

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path path : contents(folder).reversed()) {
        Files.delete(path);
      }
    }
  }

  static void setTimes(Path folder) throws IOException {
    for (Path path : contents(folder)) {
      Files.setLastModifiedTime(path, FileTime.from(TIME));
    }
  }

  /** Each folder before what is in it. */
  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
