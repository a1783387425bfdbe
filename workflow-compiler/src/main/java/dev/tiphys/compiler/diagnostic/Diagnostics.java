package dev.tiphys.compiler.diagnostic;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Gathers the mistakes of one file; the same mistake of a node that is used twice counts once.
 * Bounded: of a file with thousands of mistakes the first found are enough to begin with.
 */
public final class Diagnostics {
  private static final int MAX_ERRORS = 1_000;
  private static final int MAX_WARNINGS = 1_000;

  private final SortedSet<Diagnostic> errors = new TreeSet<>();
  private final SortedSet<Diagnostic> warnings = new TreeSet<>();

  /** Adds a mistake. */
  public void report(Code code, SourceSpan at, String message, String hint) {
    switch (code.severity()) {
      case ERROR -> add(new Diagnostic(code, at, message, hint), errors, MAX_ERRORS);
      case WARNING -> add(new Diagnostic(code, at, message, hint), warnings, MAX_WARNINGS);
    }
  }

  private static void add(Diagnostic diagnostic, SortedSet<Diagnostic> to, int max) {
    if (to.size() < max) {
      to.add(diagnostic);
    }
  }

  /** Whether there is no Plan because of what was found up to now. */
  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** Whether an error was found on that line, from 1. */
  public boolean hasErrorOn(int line) {
    return errors.stream().anyMatch(error -> error.at().line() == line);
  }

  /** In the order of the file. */
  public List<Diagnostic> sorted() {
    SortedSet<Diagnostic> all = new TreeSet<>(errors);
    all.addAll(warnings);
    return List.copyOf(all);
  }
}
