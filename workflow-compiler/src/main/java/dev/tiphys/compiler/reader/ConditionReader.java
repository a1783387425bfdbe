package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.When;
import dev.tiphys.compiler.reader.ConditionToken.Kind;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.Operator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@code when}, by recursive descent, with govaluate's precedence:
 *
 * <pre>
 * or      = and { "||" and }
 * and     = compare { "&amp;&amp;" compare }
 * compare = not { ("==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=") not }
 * not     = "!" not | primary
 * primary = "(" or ")" | operand
 * </pre>
 *
 * The first mistake is reported and ends the parse: the methods then give null.
 */
final class ConditionReader {
  private static final int MAX_OPERANDS = 100;
  private static final int MAX_DEPTH = 50;
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  private final Yaml.Scalar scalar;
  private final TaggedTextReader texts;
  private final Diagnostics found;
  private final ConditionLexer lexer;
  private ConditionToken token;
  private int operands;
  private int depth;

  private ConditionReader(Yaml.Scalar scalar, TaggedTextReader texts, Diagnostics found) {
    this.scalar = scalar;
    this.texts = texts;
    this.found = found;
    this.lexer = new ConditionLexer(scalar.text());
    this.token = lexer.next();
  }

  /** Empty if it has a mistake, which has been reported. */
  static Optional<When> read(Yaml.Scalar scalar, TaggedTextReader texts, Diagnostics found) {
    ConditionReader reader = new ConditionReader(scalar, texts, found);
    When when = reader.or();
    return when != null && reader.token.kind() != Kind.END
        ? Optional.ofNullable(reader.unexpected("`&&`, `||` or the end"))
        : Optional.ofNullable(when);
  }

  private @Nullable When or() {
    When left = and();
    while (left != null && accept(Kind.OR)) {
      When right = and();
      left = right == null ? null : new When.Or(left, right);
    }
    return left;
  }

  private @Nullable When and() {
    When left = compare();
    while (left != null && accept(Kind.AND)) {
      When right = compare();
      left = right == null ? null : new When.And(left, right);
    }
    return left;
  }

  private @Nullable When not() {
    if (token.kind() != Kind.NOT) {
      return token.kind() == Kind.OPEN ? parenthesized() : operand();
    }
    if (!deeper()) {
      return null;
    }
    accept(Kind.NOT);
    When condition = not();
    depth--;
    return condition == null ? null : new When.Not(condition);
  }

  private @Nullable When compare() {
    When left = not();
    Operator operator = ConditionToken.COMPARISONS.get(token.kind());
    while (left != null && operator != null) {
      token = lexer.next();
      When right = not();
      left = right == null ? null : new When.Compare(operator, left, right);
      operator = ConditionToken.COMPARISONS.get(token.kind());
    }
    return left;
  }

  private @Nullable When parenthesized() {
    if (!deeper()) {
      return null;
    }
    accept(Kind.OPEN);
    When inner = or();
    depth--;
    if (inner == null) {
      return null;
    }
    return accept(Kind.CLOSE) ? inner : unexpected("`)`");
  }

  private @Nullable When operand() {
    boolean quoted = token.kind() == Kind.QUOTED;
    if (!quoted && token.kind() != Kind.BARE) {
      return unexpected("a value");
    }
    if (++operands > MAX_OPERANDS) {
      report(Code.INVALID_CONDITION, "more than " + MAX_OPERANDS + " values", "decide in a task");
      return null;
    }
    TaggedText text = texts.read(scalar, token.from(), token.to());
    if (!quoted && hasLiteralTag(text)) {
      report(Code.INVALID_CONDITION, "this `{{` begins no reference", "put the value in quotes");
      return null;
    }
    token = lexer.next();
    return new When.Operand(unescaped(text), quoted);
  }

  private static boolean hasLiteralTag(TaggedText text) {
    return text.segments().stream()
        .anyMatch(
            segment ->
                segment instanceof TaggedText.Verbatim(String verbatim)
                    && verbatim.contains(TaggedTextReader.OPEN)
                    && verbatim.contains(TaggedTextReader.CLOSE));
  }

  /** A backslash makes the next character an ordinary one; one within a reference is its own. */
  private static TaggedText unescaped(TaggedText text) {
    return new TaggedText(
        text.segments().stream()
            .map(
                segment ->
                    segment instanceof TaggedText.Verbatim(String verbatim)
                        ? new TaggedText.Verbatim(ESCAPE.matcher(verbatim).replaceAll("$1"))
                        : segment)
            .toList(),
        text.at());
  }

  private boolean accept(Kind kind) {
    boolean accepted = token.kind() == kind;
    if (accepted) {
      token = lexer.next();
    }
    return accepted;
  }

  private boolean deeper() {
    if (++depth > MAX_DEPTH) {
      report(
          Code.INVALID_CONDITION,
          "nested deeper than " + MAX_DEPTH + " levels",
          "decide in a task");
      return false;
    }
    return true;
  }

  private @Nullable When unexpected(String expected) {
    String piece = scalar.text().substring(token.from(), token.to());
    switch (token.kind()) {
      case UNSUPPORTED ->
          report(
              Code.UNSUPPORTED_OPERATOR,
              "the operator `" + piece + "` is not supported",
              "compare with == != < <= > >=, join with && || !; quote a value that contains it");
      case END -> report(Code.INVALID_CONDITION, "the condition ends too early", "add " + expected);
      case INVALID ->
          report(
              Code.INVALID_CONDITION,
              piece.equals("=") ? "a single `=` compares nothing" : "a quote is never closed",
              piece.equals("=") ? "write `==`" : "close the quote, or the bracket");
      case BARE,
          QUOTED,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          AND,
          OR,
          NOT,
          OPEN,
          CLOSE ->
          report(
              Code.INVALID_CONDITION,
              "`" + piece + "` is not expected here",
              "expected " + expected + "; put a value with spaces in quotes");
    }
    return null;
  }

  private void report(Code code, String message, String hint) {
    found.report(code, scalar.layout().at(token.from()), message, hint);
  }
}
