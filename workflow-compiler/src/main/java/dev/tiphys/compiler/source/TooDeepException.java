package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;

/** Leaves the recursive {@link Composer} at once; never leaves this package. */
final class TooDeepException extends RuntimeException {
  private final transient SourceSpan at;

  TooDeepException(SourceSpan at) {
    super("nested too deep", null, false, false);
    this.at = at;
  }

  SourceSpan at() {
    return at;
  }
}
