package dev.tiphys.compiler.reader;

import dev.tiphys.triggers.plan.Condition;
import java.util.Map;

/**
 * A piece of a condition.
 *
 * @param from index of its first character
 * @param to index after its last
 */
record ConditionToken(Kind kind, int from, int to) {
  /** Kinds of pieces. */
  enum Kind {
    OPERAND,
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
    CLOSE,
    /** An operator that Argo knows and Tiphys does not. */
    UNSUPPORTED,
    /** No piece of any condition. */
    INVALID,
    END
  }

  static final Map<Kind, Condition.Operator> COMPARISONS =
      Map.of(
          Kind.EQUAL, Condition.Operator.EQUAL,
          Kind.NOT_EQUAL, Condition.Operator.NOT_EQUAL,
          Kind.LESS, Condition.Operator.LESS,
          Kind.LESS_OR_EQUAL, Condition.Operator.LESS_OR_EQUAL,
          Kind.GREATER, Condition.Operator.GREATER,
          Kind.GREATER_OR_EQUAL, Condition.Operator.GREATER_OR_EQUAL);
}
