package dev.tiphys.compiler.diagnostic;

import java.util.Comparator;

/**
 * Where something begins in a file.
 *
 * @param line from 1
 * @param column in code points, from 1
 */
public record SourceSpan(String file, int line, int column) implements Comparable<SourceSpan> {
  private static final Comparator<SourceSpan> ORDER =
      Comparator.comparing(SourceSpan::file)
          .thenComparingInt(SourceSpan::line)
          .thenComparingInt(SourceSpan::column);

  @Override
  public int compareTo(SourceSpan other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
