package dev.tiphys.tests.fuzz;

import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prints conditions as a workflow's author would write them. */
final class ConditionText {
  /** What can stand without quotes. */
  private static final Pattern WORD =
      Pattern.compile("(?!(?:in|IN)$)[^\\s=!<>&|()+*/%^?~'\"{}\\[\\]-][^\\s=!<>&|()+*/%^?~{}-]*");

  private static final int OR = 0;
  private static final int AND = 1;
  private static final int COMPARE = 2;
  private static final int UNARY = 3;

  private ConditionText() {}

  /** Empty if it holds a text that cannot be written. */
  static Optional<String> print(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          joined(within(AND, left), "&&", within(COMPARE, right));
      case Condition.Or(Condition left, Condition right) ->
          joined(within(OR, left), "||", within(AND, right));
      case Condition.Not(Condition negated) -> within(UNARY, negated).map(text -> "!" + text);
      case Condition.Operand(Text text, boolean quoted) -> print(text, quoted);
      case Condition.Compare(Operator operator, Condition left, Condition right) ->
          joined(within(COMPARE, left), sign(operator), within(UNARY, right));
    };
  }

  /** No more parentheses than it needs: their depth has a bound. */
  private static Optional<String> within(int binding, Condition condition) {
    return print(condition).map(text -> binding(condition) < binding ? "(" + text + ")" : text);
  }

  private static int binding(Condition condition) {
    return switch (condition) {
      case Condition.Or _ -> OR;
      case Condition.And _ -> AND;
      case Condition.Compare _ -> COMPARE;
      case Condition.Not _, Condition.Operand _ -> UNARY;
    };
  }

  /** The same with a value for each reference. */
  static Condition filled(Condition condition, String value) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          new Condition.And(filled(left, value), filled(right, value));
      case Condition.Or(Condition left, Condition right) ->
          new Condition.Or(filled(left, value), filled(right, value));
      case Condition.Not(Condition negated) -> new Condition.Not(filled(negated, value));
      case Condition.Operand(Text text, boolean quoted) ->
          new Condition.Operand(filled(text, value), quoted);
      case Condition.Compare(Operator operator, Condition left, Condition right) ->
          new Condition.Compare(operator, filled(left, value), filled(right, value));
    };
  }

  /** As it is read: a word that is no number and no boolean is a text, with quotes or without. */
  static Condition typed(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          new Condition.And(typed(left), typed(right));
      case Condition.Or(Condition left, Condition right) ->
          new Condition.Or(typed(left), typed(right));
      case Condition.Not(Condition negated) -> new Condition.Not(typed(negated));
      case Condition.Operand(Text text, boolean quoted) ->
          new Condition.Operand(text, quoted || isWord(text));
      case Condition.Compare(Operator operator, Condition left, Condition right) ->
          new Condition.Compare(operator, typed(left), typed(right));
    };
  }

  private static boolean isWord(Text text) {
    return text.parts().size() == 1
        && text.parts().getFirst() instanceof Text.Literal(String literal)
        && ConditionValue.bare(literal).equals(literal);
  }

  private static Text filled(Text text, String value) {
    return Text.literal(text.render(reference -> value));
  }

  private static Optional<String> joined(
      Optional<String> left, String sign, Optional<String> right) {
    return left.flatMap(one -> right.map(other -> one + " " + sign + " " + other));
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private static Optional<String> print(Text operand, boolean quoted) {
    List<Text.Part> parts = operand.parts();
    StringBuilder literal = new StringBuilder();
    StringBuilder printed = new StringBuilder();
    for (Text.Part part : parts) {
      switch (part) {
        case Text.Literal(String it) -> {
          literal.append(it);
          printed.append(it);
        }
        case Text.InputParameter(String name) -> printed.append(tag("inputs.parameters." + name));
        case Text.WorkflowParameter(String name) ->
            printed.append(tag("workflow.parameters." + name));
        case Text.RunName() -> printed.append(tag("workflow.name"));
      }
    }
    String it = literal.toString();
    if (it.contains("{{") || it.indexOf('\\') >= 0) {
      return Optional.empty();
    }
    if (quoted) {
      return it.indexOf('\'') < 0
          ? Optional.of("'" + printed + "'")
          : Optional.of("\"" + printed + "\"").filter(text -> it.indexOf('"') < 0);
    }
    boolean number =
        parts.size() == 1 && it.equals(it.strip()) && ConditionValue.bare(it) instanceof BigDecimal;
    return (it.isEmpty() && parts.size() == 1) || number || WORD.matcher(it).matches()
        ? Optional.of(printed.toString())
        : Optional.empty();
  }

  private static String tag(String name) {
    return "{{" + name + "}}";
  }
}
