package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What Jazzer calls. The target's name is its first argument. */
public final class FuzzedInput {
  /** The folder of the inputs that a search has grown. */
  static final String GROWN = "fuzz.grown";

  /** The file that says in the end which lines were reached. */
  static final String REPORT = "fuzz.report";

  private static final String RECORDER =
      "com.code_intelligence.jazzer.instrumentor.CoverageRecorder";

  private static Oracle oracle =
      input -> {
        throw new IllegalStateException("no target was named");
      };

  private static List<Path> kept = List.of();

  private FuzzedInput() {}

  /** Called once, with {@code --target_args}, before the time of a search begins. */
  public static void fuzzerInitialize(String[] args) throws IOException {
    Target target = Target.valueOf(args[0].toUpperCase(Locale.ROOT));
    oracle = target.oracle();
    kept = Corpus.of(target).files();
    // has the classes loaded and instrumented, which takes longer than a short search
    for (Path file : kept) {
      replay(file);
    }
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    oracle.check(input);
  }

  /**
   * Called at the end. Jazzer's own report takes one range of its counters for another: so its
   * recorder is told anew, input by input, what each of them reaches.
   */
  public static void fuzzerTearDown() throws IOException, ReflectiveOperationException {
    Class<?> recorder = Class.forName(RECORDER);
    Method update = recorder.getMethod("updateCoveredIdsWithCoverageMap");
    List<Path> inputs = new ArrayList<>(kept);
    try (Stream<Path> grown = Files.list(Path.of(System.getProperty(GROWN)))) {
      grown.forEach(inputs::add);
    }
    for (Path input : inputs) {
      replay(input);
      update.invoke(null);
    }
    recorder
        .getMethod("dumpCoverageReport", String.class, int[].class)
        .invoke(null, System.getProperty(REPORT), new int[0]);
  }

  private static void replay(Path file) throws IOException {
    byte[] input = Files.readAllBytes(file);
    try {
      oracle.check(input);
    } catch (Exception | Error e) {
      // the search tries the same inputs, and tells what it finds
    }
  }
}
