package dev.tiphys.tests.fuzz;

import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Text;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prints conditions as a workflow's author would write them. */
final class ConditionText {
  /** What can stand without quotes. */
  private static final Pattern WORD =
      Pattern.compile("[^\\s=!<>&|()+*/%^?'\"{}-][^\\s=!<>&|()+*/%^?{}]*");

  private static final int OR = 0;
  private static final int AND = 1;
  private static final int UNARY = 2;

  private ConditionText() {}

  /** Empty if it holds a text that cannot be written. */
  static Optional<String> print(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          joined(within(AND, left), "&&", within(UNARY, right));
      case Condition.Or(Condition left, Condition right) ->
          joined(within(OR, left), "||", within(AND, right));
      case Condition.Not(Condition negated) -> within(UNARY, negated).map(text -> "!" + text);
      case Condition.True(Text operand) -> print(operand);
      case Condition.Compare(Condition.Operator operator, Text left, Text right) ->
          joined(print(left), sign(operator), print(right));
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
      case Condition.Not _, Condition.True _, Condition.Compare _ -> UNARY;
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
      case Condition.True(Text operand) -> new Condition.True(filled(operand, value));
      case Condition.Compare(Condition.Operator operator, Text left, Text right) ->
          new Condition.Compare(operator, filled(left, value), filled(right, value));
    };
  }

  private static Text filled(Text text, String value) {
    return Text.literal(text.render(reference -> value));
  }

  private static Optional<String> joined(
      Optional<String> left, String sign, Optional<String> right) {
    return left.flatMap(one -> right.map(other -> one + " " + sign + " " + other));
  }

  private static String sign(Condition.Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private static Optional<String> print(Text text) {
    List<Text.Part> parts = text.parts();
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
    if (it.contains("{{")) {
      return Optional.empty();
    }
    if (it.indexOf('\'') < 0) {
      return Optional.of("'" + printed + "'");
    }
    if (it.indexOf('"') < 0) {
      return Optional.of("\"" + printed + "\"");
    }
    return parts.size() == 1 && WORD.matcher(it).matches() ? Optional.of(it) : Optional.empty();
  }

  private static String tag(String name) {
    return "{{" + name + "}}";
  }
}
