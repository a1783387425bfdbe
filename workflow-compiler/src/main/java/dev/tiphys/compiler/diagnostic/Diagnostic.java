package dev.tiphys.compiler.diagnostic;

import java.util.Comparator;

/**
 * One mistake of a workflow's author.
 *
 * @param code what kind of mistake; stable
 * @param at where
 * @param message what is wrong, without a full stop
 * @param hint what to do, without a full stop
 */
public record Diagnostic(Code code, Severity severity, SourceSpan at, String message, String hint)
    implements Comparable<Diagnostic> {
  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing(Diagnostic::at)
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message)
          .thenComparing(Diagnostic::hint);

  public Diagnostic(Code code, SourceSpan at, String message, String hint) {
    this(code, code.severity(), at, message, hint);
  }

  @Override
  public int compareTo(Diagnostic other) {
    return ORDER.compare(this, other);
  }

  /** The flat form that is printed as JSON. */
  public DiagnosticRecord toRecord() {
    return new DiagnosticRecord(
        code.id(), severity.lowerCaseName(), at.file(), at.line(), at.column(), message, hint);
  }
}
