package dev.tiphys.compiler.diagnostic;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Shows a diagnostic to a person:
 *
 * <pre>
 * coinflip.yaml:50:6: error[invalid-yaml]: `inputs` is indented one space too deep
 *      inputs:
 *      ^
 * help: indent it by 4 spaces, like its siblings
 * </pre>
 */
public final class DiagnosticText {
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");

  /** Longer lines are cut, since a file may be one line of JSON. */
  private static final int MAX_LINE_CODE_POINTS = 200;

  private DiagnosticText() {}

  /** All of them, a blank line between each two. */
  public static String render(List<Diagnostic> diagnostics, String source) {
    return String.join("\n", each(diagnostics, source));
  }

  /** One of them; ends with a line break. */
  public static String render(Diagnostic diagnostic, String source) {
    return each(List.of(diagnostic), source).getFirst();
  }

  /** Each of them; ends with a line break. */
  public static List<String> each(List<Diagnostic> diagnostics, String source) {
    String[] lines = LINE_BREAK.split(source, -1);
    return diagnostics.stream().map(diagnostic -> render(diagnostic, lines)).toList();
  }

  private static String render(Diagnostic diagnostic, String[] lines) {
    SourceSpan at = diagnostic.at();
    String line = at.line() <= lines.length ? lines[at.line() - 1] : "";
    return "%s: %s[%s]: %s\n%shelp: %s\n"
        .formatted(
            at,
            diagnostic.severity().lowerCaseName(),
            diagnostic.code().id(),
            diagnostic.message(),
            snippet(line, at.column() - 1),
            diagnostic.hint());
  }

  private static String snippet(String line, int column) {
    int[] codePoints = line.codePoints().toArray();
    int from = Math.max(0, Math.min(column, codePoints.length) - MAX_LINE_CODE_POINTS / 2);
    int to = Math.min(codePoints.length, from + MAX_LINE_CODE_POINTS);
    StringBuilder shown = new StringBuilder();
    StringBuilder caret = new StringBuilder();
    for (int i = from; i < to; i++) {
      shown.appendCodePoint(
          Character.isISOControl(codePoints[i]) && codePoints[i] != '\t' ? ' ' : codePoints[i]);
    }
    for (int i = from; i < column; i++) {
      // a tab is as wide as the terminal says, so only a tab lines up with it
      caret.append(i < codePoints.length && codePoints[i] == '\t' ? '\t' : ' ');
    }
    return shown + "\n" + caret + "^\n";
  }
}
