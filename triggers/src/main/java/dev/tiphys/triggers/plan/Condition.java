package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A {@code when}, parsed before any value is put in: a value is an operand and never part of the
 * expression's text.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Condition.And.class, name = "and"),
  @JsonSubTypes.Type(value = Condition.Or.class, name = "or"),
  @JsonSubTypes.Type(value = Condition.Not.class, name = "not"),
  @JsonSubTypes.Type(value = Condition.Compare.class, name = "compare"),
  @JsonSubTypes.Type(value = Condition.True.class, name = "true")
})
public sealed interface Condition {
  /** Whether the condition holds with these values. */
  boolean holds(Function<Text.Reference, String> values);

  /** Both hold. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Function<Text.Reference, String> values) {
      return left.holds(values) && right.holds(values);
    }
  }

  /** At least one holds. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Function<Text.Reference, String> values) {
      return left.holds(values) || right.holds(values);
    }
  }

  /** The other does not hold. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Function<Text.Reference, String> values) {
      return !condition.holds(values);
    }
  }

  /** The text is {@code true}, as an expression that is one operand alone. */
  record True(Text operand) implements Condition {
    @Override
    public boolean holds(Function<Text.Reference, String> values) {
      return operand.render(values).strip().equals("true");
    }
  }

  /** Compares as numbers where both sides are numbers, else as texts. */
  record Compare(Operator operator, Text left, Text right) implements Condition {
    @Override
    public boolean holds(Function<Text.Reference, String> values) {
      int order = Comparison.compare(left.render(values), right.render(values));
      return switch (operator) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /** A comparison. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }
}

/** The order of two operands. */
final class Comparison {
  /** Short enough that no untrusted text makes an expensive number. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private Comparison() {}

  static int compare(String left, String right) {
    Optional<BigDecimal> leftNumber = number(left);
    Optional<BigDecimal> rightNumber = number(right);
    return leftNumber.isPresent() && rightNumber.isPresent()
        ? leftNumber.get().compareTo(rightNumber.get())
        : left.compareTo(right);
  }

  private static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
