package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;

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
      return operator.holds(left.render(values), right.render(values));
    }
  }

  /** A comparison. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** Whether it holds between the two: as numbers where both are numbers, else as texts. */
    public boolean holds(String left, String right) {
      int order = Comparison.compare(left, right);
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }
}
