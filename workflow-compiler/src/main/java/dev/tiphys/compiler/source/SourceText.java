package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.List;

/** A file's text by lines, as YAML counts them. */
final class SourceText {
  private final String file;
  private final String text;
  private final List<String> lines;

  /** Of each line in code points: to count again for each node would be slow on a long line. */
  private final List<Integer> lengths;

  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.lines = text.lines().toList();
    this.lengths = lines.stream().map(SourceText::length).toList();
  }

  /**
   * Line and column from 0, as the parser's marks have them. A carriage return that ends the file
   * is a column to the parser, and no place that a reader sees.
   */
  SourceSpan at(int line, int column) {
    int length = line < lengths.size() ? lengths.get(line) : 0;
    return new SourceSpan(file, line + 1, Math.min(column, length) + 1);
  }

  /** The line without its break, from 0; empty beyond the end. */
  String line(int line) {
    return line < lines.size() ? lines.get(line) : "";
  }

  /** The place of the n-th code point of the text, n from 0. */
  SourceSpan atCodePoint(int n) {
    List<String> upToIt = text.substring(0, text.offsetByCodePoints(0, n + 1)).lines().toList();
    return at(upToIt.size() - 1, length(upToIt.getLast()) - 1);
  }

  private static int length(String line) {
    return line.codePointCount(0, line.length());
  }
}
