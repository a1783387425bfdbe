package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.regex.Pattern;

/** A file's text by lines, as YAML counts them. */
final class SourceText {
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");

  private final String file;
  private final String[] lines;

  SourceText(String file, String text) {
    this.file = file;
    this.lines = LINE_BREAK.split(text, -1);
  }

  /** Line and column from 0, as the parser's marks have them. */
  SourceSpan at(int line, int column) {
    return new SourceSpan(file, line + 1, column + 1);
  }

  /** The line without its break, from 0; empty beyond the end. */
  String line(int line) {
    return line < lines.length ? lines[line] : "";
  }

  /** The place of the n-th code point of the text, n from 0. */
  SourceSpan atCodePoint(int n) {
    int line = 0;
    int left = n;
    while (line < lines.length - 1 && left > lines[line].codePointCount(0, lines[line].length())) {
      left -= lines[line].codePointCount(0, lines[line].length()) + 1;
      line++;
    }
    return at(line, left);
  }
}
