package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.When;
import dev.tiphys.compiler.reader.ConditionToken.Kind;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.Condition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@code when}, by recursive descent:
 *
 * <pre>
 * or      = and { "||" and }
 * and     = not { "&amp;&amp;" not }
 * not     = "!" not | compare
 * compare = primary [ ("==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=") operand ]
 * primary = "(" or ")" | operand
 * </pre>
 *
 * The first mistake is reported and ends the parse: the methods then give null.
 */
final class ConditionReader {
  private static final int MAX_OPERANDS = 100;
  private static final int MAX_DEPTH = 50;

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
    When left = not();
    while (left != null && accept(Kind.AND)) {
      When right = not();
      left = right == null ? null : new When.And(left, right);
    }
    return left;
  }

  private @Nullable When not() {
    if (token.kind() != Kind.NOT) {
      return compare();
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
    if (token.kind() == Kind.OPEN) {
      return parenthesized();
    }
    TaggedText left = operand();
    if (left == null) {
      return null;
    }
    Condition.Operator operator = ConditionToken.COMPARISONS.get(token.kind());
    if (operator == null) {
      return new When.Truth(left);
    }
    token = lexer.next();
    TaggedText right = operand();
    return right == null ? null : new When.Compare(operator, left, right);
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

  private @Nullable TaggedText operand() {
    if (token.kind() != Kind.OPERAND) {
      unexpected("a value");
      return null;
    }
    if (++operands > MAX_OPERANDS) {
      report(Code.INVALID_CONDITION, "more than " + MAX_OPERANDS + " values", "decide in a task");
      return null;
    }
    TaggedText text = texts.read(scalar, token.from(), token.to());
    token = lexer.next();
    return text;
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
              piece.equals("=") ? "write `==`" : "close the quote");
      case OPERAND,
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
