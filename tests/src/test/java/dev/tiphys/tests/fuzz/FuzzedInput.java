package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What Jazzer calls. The target's name is its first argument. */
public final class FuzzedInput {
  private static Oracle oracle =
      input -> {
        throw new IllegalStateException("no target was named");
      };

  private FuzzedInput() {}

  /** Called once, with {@code --target_args}, before the time of a search begins. */
  public static void fuzzerInitialize(String[] args) throws IOException {
    Target target = Target.valueOf(args[0].toUpperCase(Locale.ROOT));
    oracle = target.oracle();
    load(target);
  }

  /** Has the classes loaded and instrumented, which takes longer than a short search. */
  private static void load(Target target) throws IOException {
    for (Path file : Corpus.of(target).files()) {
      byte[] input = Files.readAllBytes(file);
      try {
        oracle.check(input);
      } catch (Exception | Error e) {
        // the search begins with the same inputs, and tells what it finds
      }
    }
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    oracle.check(input);
  }
}
