package dev.tiphys.compiler.reader;

import dev.tiphys.triggers.plan.Operator;
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
    /** A word, which is a number or boolean where it looks like one. */
    BARE,
    /** What stands between quotes or brackets. */
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
    CLOSE,
    /** An operator that Argo knows and Tiphys does not. */
    UNSUPPORTED,
    /** No piece of any condition. */
    INVALID,
    END
  }

  static final Map<Kind, Operator> COMPARISONS =
      Map.of(
          Kind.EQUAL, Operator.EQUAL,
          Kind.NOT_EQUAL, Operator.NOT_EQUAL,
          Kind.LESS, Operator.LESS,
          Kind.LESS_OR_EQUAL, Operator.LESS_OR_EQUAL,
          Kind.GREATER, Operator.GREATER,
          Kind.GREATER_OR_EQUAL, Operator.GREATER_OR_EQUAL);
}
