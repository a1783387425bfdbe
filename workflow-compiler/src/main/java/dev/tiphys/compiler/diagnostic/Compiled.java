package dev.tiphys.compiler.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a compilation gives.
 *
 * @param value null exactly when there is an error
 * @param diagnostics in the order of the file
 */
public record Compiled<T>(@Nullable T value, List<Diagnostic> diagnostics) {
  public Compiled {
    diagnostics = diagnostics.stream().sorted().toList();
    if ((value == null) != hasErrors(diagnostics)) {
      throw new IllegalArgumentException("either a value or an error");
    }
  }

  /** Whether there is no value. */
  public boolean hasErrors() {
    return value == null;
  }

  private static boolean hasErrors(List<Diagnostic> diagnostics) {
    return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }
}
