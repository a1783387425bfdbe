package dev.tiphys.tests.fuzz;

import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a condition without references comes to, told naively: texts, numbers and booleans are of
 * three types, and nothing is made of a text in quotes.
 */
final class ConditionValue {
  /** What is neither true nor false. */
  static final Object NEITHER = "neither";

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
  private static final Pattern HEXADECIMAL = Pattern.compile("-?0x[0-9a-fA-F]{1,16}");
  private static final int LONGEST_NUMBER = 1_000;

  private ConditionValue() {}

  /** True, false or {@link #NEITHER}; empty where nothing is compared. */
  static Optional<Object> of(Condition condition) {
    return condition instanceof Condition.Operand
        ? Optional.empty()
        : Optional.of(value(condition)).map(it -> it instanceof Boolean ? it : NEITHER);
  }

  private static Object value(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) -> joined(left, right, false);
      case Condition.Or(Condition left, Condition right) -> joined(left, right, true);
      case Condition.Not(Condition negated) ->
          value(negated) instanceof Boolean is ? !is : new Object();
      case Condition.Operand(Text text, boolean quoted) -> operand(literal(text), quoted);
      case Condition.Compare(Operator operator, Condition left, Condition right) ->
          compared(operator, value(left), value(right));
    };
  }

  private static Object joined(Condition left, Condition right, boolean enough) {
    Object first = value(left);
    Object decides = first.equals(!enough) ? value(right) : first;
    return decides instanceof Boolean ? decides : new Object();
  }

  private static Object operand(String text, boolean quoted) {
    if (quoted) {
      return text;
    }
    return text.isBlank() ? new Object() : bare(text);
  }

  /** A number, a boolean, or else the text itself. */
  static Object bare(String text) {
    String word = text.strip();
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    if (word.length() <= LONGEST_NUMBER && DECIMAL.matcher(word).matches()) {
      return new BigDecimal(word);
    }
    return word.length() <= LONGEST_NUMBER && HEXADECIMAL.matcher(word).matches()
        ? new BigDecimal(new BigInteger(word.replaceFirst("0x", ""), 16))
        : word;
  }

  private static String literal(Text text) {
    return text.render(
        reference -> {
          throw new AssertionError("no value is left to be put in, but " + reference);
        });
  }

  /** An object of its own is a mistake, and stays one. */
  private static Object compared(Operator operator, Object left, Object right) {
    if (left.getClass() == Object.class || right.getClass() == Object.class) {
      return new Object();
    }
    Integer order = order(left, right);
    return switch (operator) {
      case EQUAL -> order == null ? left.equals(right) : order == 0;
      case NOT_EQUAL -> order == null ? !left.equals(right) : order != 0;
      case LESS -> order == null ? new Object() : order < 0;
      case LESS_OR_EQUAL -> order == null ? new Object() : order <= 0;
      case GREATER -> order == null ? new Object() : order > 0;
      case GREATER_OR_EQUAL -> order == null ? new Object() : order >= 0;
    };
  }

  private static @Nullable Integer order(Object left, Object right) {
    if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
      return one.compareTo(other);
    }
    return left instanceof String one && right instanceof String other
        ? Integer.valueOf(Arrays.compare(codePoints(one), codePoints(other)))
        : null;
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }
}
