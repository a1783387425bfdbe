package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folders of what goes into the compiler and what has to come out. */
final class Folders {
  /** {@code -Dgolden.update=true} writes what came out instead of comparing it. */
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  private Folders() {}

  static List<Path> in(String resources) {
    return list(Path.of("src/test/resources", resources));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A mismatch shows the whole of what came out, to be pasted into the file. */
  static void assertSame(Path expected, String actual) throws IOException {
    if (UPDATE) {
      Files.writeString(expected, actual);
    }
    String text = Files.exists(expected) ? Files.readString(expected) : "";
    assertThat(actual).as("%s should be:%n%s", expected, actual).isEqualTo(text);
  }

  static void assertNothingElseIn(Path folder, String... names) {
    Set<String> found =
        list(folder).stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found)
        .as("files of %s that some test reads", folder)
        .containsExactlyInAnyOrder(names);
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
