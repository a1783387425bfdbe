package dev.tiphys.triggers.plan;

import java.util.Optional;

/** Compares two values. */
public enum Operator {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether it asks which of the two comes first; a truth and nothing at all have no order. */
  public boolean orders() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> false;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
    };
  }

  /** Whether it holds; empty where the two have no order, as a text and a number have none. */
  public Optional<Boolean> holds(Value left, Value right) {
    return switch (this) {
      case EQUAL -> Optional.of(left.same(right));
      case NOT_EQUAL -> Optional.of(!left.same(right));
      case LESS -> left.order(right).map(order -> order < 0);
      case LESS_OR_EQUAL -> left.order(right).map(order -> order <= 0);
      case GREATER -> left.order(right).map(order -> order > 0);
      case GREATER_OR_EQUAL -> left.order(right).map(order -> order >= 0);
    };
  }
}
