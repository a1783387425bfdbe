package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the parts of a scalar's value stand in the file. */
public final class Layout {
  private final SourceText source;
  private final String value;
  private final boolean block;
  private final int line;
  private final int column;
  private int @Nullable [] breaks;

  Layout(SourceText source, String value, boolean block, int line, int column) {
    this.source = source;
    this.value = value;
    this.block = block;
    this.line = line;
    this.column = column;
  }

  /** Where the scalar begins: its first character, quote or block indicator. */
  public SourceSpan start() {
    return source.at(line, column);
  }

  /**
   * Where the value's character at that index stands; where escapes or folding make that unclear,
   * where the scalar begins.
   */
  public SourceSpan at(int index) {
    return block ? inBlock(index) : inLine(index);
  }

  /**
   * How many line breaks the value has before that place: a search in the places of all, which are
   * looked for once. A text may have a reference on each of its lines.
   */
  private int lineBreaks(int before) {
    int[] places = breaks;
    if (places == null) {
      places = IntStream.range(0, value.length()).filter(i -> value.charAt(i) == '\n').toArray();
      breaks = places;
    }
    int found = Arrays.binarySearch(places, before);
    return found < 0 ? -found - 1 : found;
  }

  private SourceSpan inLine(int index) {
    String text = source.line(line);
    int begin = text.offsetByCodePoints(0, Math.min(column, text.codePointCount(0, text.length())));
    int quote = begin < text.length() && "\"'".indexOf(text.charAt(begin)) >= 0 ? 1 : 0;
    return text.startsWith(value, begin + quote)
        ? source.at(line, column + quote + value.codePointCount(0, index))
        : start();
  }

  private SourceSpan inBlock(int index) {
    int lineStart = value.lastIndexOf('\n', index - 1) + 1;
    int lineEnd = value.indexOf('\n', lineStart);
    String inValue = value.substring(lineStart, lineEnd < 0 ? value.length() : lineEnd);
    int number = line + 1 + lineBreaks(lineStart);
    String inFile = source.line(number);
    return inFile.endsWith(inValue)
        ? source.at(
            number,
            inFile.codePointCount(0, inFile.length() - inValue.length())
                + value.codePointCount(lineStart, index))
        : start();
  }
}
