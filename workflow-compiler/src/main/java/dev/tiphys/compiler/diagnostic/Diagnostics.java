package dev.tiphys.compiler.diagnostic;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gathers the mistakes of one file; the same mistake of a node that is used twice counts once. */
public final class Diagnostics {
  private final SortedSet<Diagnostic> found = new TreeSet<>();

  /** Adds a mistake. */
  public void report(Code code, SourceSpan at, String message, String hint) {
    found.add(new Diagnostic(code, at, message, hint));
  }

  /** Whether there is no Plan because of what was found up to now. */
  public boolean hasErrors() {
    return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  /** In the order of the file. */
  public List<Diagnostic> sorted() {
    return List.copyOf(found);
  }
}
