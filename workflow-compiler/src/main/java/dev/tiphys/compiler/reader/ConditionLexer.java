package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.reader.ConditionToken.Kind;
import java.util.List;
import java.util.Set;

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
  private static final Set<String> WORD_OPERATORS = Set.of("in", "IN", "-");
  private static final String ARITHMETIC = "+*/%^?";

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
    if (first == '\'' || first == '"') {
      return quoted(from, first);
    }
    for (Symbol symbol : SYMBOLS) {
      if (text.startsWith(symbol.text, from)) {
        next = from + symbol.text.length();
        return new ConditionToken(symbol.kind, from, next);
      }
    }
    return word(from);
  }

  private ConditionToken quoted(int from, char quote) {
    int close = text.indexOf(quote, from + 1);
    if (close < 0) {
      next = text.length();
      return new ConditionToken(Kind.INVALID, from, next);
    }
    next = close + 1;
    return new ConditionToken(Kind.OPERAND, from + 1, close);
  }

  private ConditionToken word(int from) {
    StringBuilder plain = new StringBuilder();
    while (next < text.length()) {
      char c = text.charAt(next);
      if (text.startsWith(TaggedTextReader.OPEN, next)) {
        int close = text.indexOf(TaggedTextReader.CLOSE, next);
        next = close < 0 ? text.length() : close + TaggedTextReader.CLOSE.length();
      } else if (Character.isWhitespace(c) || ENDS_WORD.indexOf(c) >= 0) {
        break;
      } else {
        plain.append(c);
        next++;
      }
    }
    boolean operator =
        WORD_OPERATORS.contains(text.substring(from, next))
            || plain.chars().anyMatch(c -> ARITHMETIC.indexOf(c) >= 0);
    return new ConditionToken(operator ? Kind.UNSUPPORTED : Kind.OPERAND, from, next);
  }
}
