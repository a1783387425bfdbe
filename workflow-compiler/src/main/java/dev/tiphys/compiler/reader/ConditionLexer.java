package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.reader.ConditionToken.Kind;
import dev.tiphys.triggers.plan.Value;
import java.util.List;

/** Cuts a condition's text into pieces. What stands between double braces is opaque. */
final class ConditionLexer {
  private record Symbol(String text, Kind kind) {}

  /** Longer ones first. */
  private static final List<Symbol> SYMBOLS =
      List.of(
          new Symbol("==", Kind.EQUAL),
          new Symbol("=~", Kind.UNSUPPORTED),
          new Symbol("!=", Kind.NOT_EQUAL),
          new Symbol("!~", Kind.UNSUPPORTED),
          new Symbol("<<", Kind.UNSUPPORTED),
          new Symbol(">>", Kind.UNSUPPORTED),
          new Symbol("<=", Kind.LESS_OR_EQUAL),
          new Symbol(">=", Kind.GREATER_OR_EQUAL),
          new Symbol("&&", Kind.AND),
          new Symbol("||", Kind.OR),
          new Symbol("<", Kind.LESS),
          new Symbol(">", Kind.GREATER),
          new Symbol("!", Kind.NOT),
          new Symbol("(", Kind.OPEN),
          new Symbol(")", Kind.CLOSE),
          new Symbol("=", Kind.INVALID),
          new Symbol("&", Kind.UNSUPPORTED),
          new Symbol("|", Kind.UNSUPPORTED));

  private static final String ENDS_WORD = "=!<>&|()";
  private static final String ARITHMETIC = "+-*/%^?~";
  private static final char ESCAPE = '\\';

  private final String text;
  private int next;

  ConditionLexer(String text) {
    this.text = text;
  }

  ConditionToken next() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    int from = next;
    if (from == text.length()) {
      return new ConditionToken(Kind.END, from, from);
    }
    char first = text.charAt(from);
    switch (first) {
      case '\'', '"' -> {
        return quoted(from, first);
      }
      case '[' -> {
        return quoted(from, ']');
      }
      default -> {}
    }
    for (Symbol symbol : SYMBOLS) {
      if (text.startsWith(symbol.text, from)) {
        next = from + symbol.text.length();
        return new ConditionToken(symbol.kind, from, next);
      }
    }
    return word(from);
  }

  private ConditionToken quoted(int from, char close) {
    next = from + 1;
    while (next < text.length() && text.charAt(next) != close) {
      next += text.charAt(next) == ESCAPE ? 2 : 1;
    }
    if (next >= text.length()) {
      next = text.length();
      return new ConditionToken(Kind.INVALID, from, next);
    }
    next++;
    return new ConditionToken(Kind.QUOTED, from + 1, next - 1);
  }

  private ConditionToken word(int from) {
    StringBuilder plain = new StringBuilder();
    boolean tagged = false;
    while (next < text.length()) {
      char c = text.charAt(next);
      if (text.startsWith(TaggedTextReader.OPEN, next)) {
        int close = text.indexOf(TaggedTextReader.CLOSE, next);
        next = close < 0 ? text.length() : close + TaggedTextReader.CLOSE.length();
        tagged = true;
      } else if (c == ESCAPE) {
        next = Math.min(text.length(), next + 2);
      } else if (Character.isWhitespace(c) || ENDS_WORD.indexOf(c) >= 0) {
        break;
      } else {
        plain.append(c);
        next++;
      }
    }
    boolean number = !tagged && Value.number(text.substring(from, next)).isPresent();
    boolean operator =
        !number
            && (text.substring(from, next).matches("in|IN")
                || plain.chars().anyMatch(c -> ARITHMETIC.indexOf(c) >= 0));
    return new ConditionToken(operator ? Kind.UNSUPPORTED : Kind.BARE, from, next);
  }
}
