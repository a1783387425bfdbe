package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs of a target that are kept, one a file. A search begins with them, and every build
 * replays them.
 */
record Corpus(Path folder) {
  private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");

  /** As seen from the module's folder, in which tests and the fuzzer run. */
  static Corpus of(Target target) {
    return new Corpus(ROOT.resolve(target.lowerCaseName()).toAbsolutePath());
  }

  /** Words that are tried in inputs; there may be none. */
  Path dictionary() {
    return folder.resolveSibling(folder.getFileName() + ".dict");
  }

  List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("a target without an input to begin with", e);
    }
  }
}
