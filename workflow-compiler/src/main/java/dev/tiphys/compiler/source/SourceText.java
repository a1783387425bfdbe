package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.List;

/** A file's text by lines, as YAML counts them. */
final class SourceText {
  private final String file;
  private final String text;
  private final List<String> lines;

  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.lines = text.lines().toList();
  }

  /**
   * Line and column from 0, as the parser's marks have them. A carriage return that ends the file
   * is a column to the parser, and no place that a reader sees.
   */
  SourceSpan at(int line, int column) {
    String whole = line(line);
    return new SourceSpan(
        file, line + 1, Math.min(column, whole.codePointCount(0, whole.length())) + 1);
  }

  /** The line without its break, from 0; empty beyond the end. */
  String line(int line) {
    return line < lines.size() ? lines.get(line) : "";
  }

  /** The place of the n-th code point of the text, n from 0. */
  SourceSpan atCodePoint(int n) {
    List<String> upToIt = text.substring(0, text.offsetByCodePoints(0, n + 1)).lines().toList();
    String last = upToIt.getLast();
    return at(upToIt.size() - 1, last.codePointCount(0, last.length()) - 1);
  }
}
