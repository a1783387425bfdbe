package dev.tiphys.tests.fuzz;

import java.util.Locale;

/** What Jazzer calls. The target's name is its first argument. */
public final class FuzzedInput {
  private static Oracle oracle =
      input -> {
        throw new IllegalStateException("no target was named");
      };

  private FuzzedInput() {}

  /** Called once, with {@code --target_args}. */
  public static void fuzzerInitialize(String[] args) {
    oracle = Target.valueOf(args[0].toUpperCase(Locale.ROOT)).oracle();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    oracle.check(input);
  }
}
