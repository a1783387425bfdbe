package dev.tiphys.cli.run.view;

/**
 * Makes text that came from a task or an event fit to be shown on one line: it is untrusted, and a
 * terminal obeys control characters.
 */
public final class Escaped {
  private static final String CUT = "…";

  /**
   * Of a run's message, in characters: what an admission policy writes, and the remedy behind it.
   */
  private static final int MESSAGE_LIMIT = 4_000;

  private Escaped() {}

  /** Why a run ended as it did, whole: what to do about it comes last. */
  public static String message(String text) {
    return text(text, MESSAGE_LIMIT);
  }

  /** At most so many characters of the text, without anything that moves a cursor or hides text. */
  public static String text(String text, int limit) {
    StringBuilder shown = new StringBuilder();
    int[] codePoints = text.codePoints().limit(limit + 1L).toArray();
    for (int i = 0; i < Math.min(limit, codePoints.length); i++) {
      append(shown, codePoints[i]);
    }
    return codePoints.length > limit ? shown + CUT : shown.toString();
  }

  /** The same of a text of several lines, which stay lines, with their tabs. */
  public static String lines(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == '\n' || codePoint == '\t') {
                shown.appendCodePoint(codePoint);
              } else {
                append(shown, codePoint);
              }
            });
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (codePoint) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (harmless(codePoint)) {
          shown.appendCodePoint(codePoint);
        } else {
          shown.append("\\u{%x}".formatted(codePoint));
        }
      }
    }
  }

  private static boolean harmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          // among them the marks that turn the direction of writing
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
