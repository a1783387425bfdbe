package dev.tiphys.tests.fuzz;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an oracle demands: cheap where it holds, since it holds a million times. */
public final class Expect {
  private Expect() {}

  /** The claim holds. */
  public static void that(boolean holds, Supplier<String> claim) {
    if (!holds) {
      throw new AssertionError("does not hold: " + claim.get());
    }
  }

  /** Both are equal. */
  public static void same(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(
          "%s%n  expected: %s%n  actual:   %s".formatted(what, expected, actual));
    }
  }
}
