package dev.tiphys.triggers.plan;

import dev.tiphys.triggers.plan.Condition.And;
import dev.tiphys.triggers.plan.Condition.Compare;
import dev.tiphys.triggers.plan.Condition.Not;
import dev.tiphys.triggers.plan.Condition.Operand;
import dev.tiphys.triggers.plan.Condition.Or;
import java.util.Optional;
import java.util.function.Function;

/** What an expression comes to. */
sealed interface Evaluation {
  /** A value. */
  record Known(Value value) implements Evaluation {}

  /** None, and why. */
  record Failed(String reason) implements Evaluation {}

  /** Calculates it. The compiler bounds how deep it nests. */
  static Evaluation of(Condition condition, Function<Text.Reference, String> values) {
    return switch (condition) {
      case And(Condition left, Condition right) -> joined(left, right, false, values);
      case Or(Condition left, Condition right) -> joined(left, right, true, values);
      case Not(Condition inner) -> negated(truth(inner, values));
      case Compare compare -> compared(compare, values);
      case Operand(Text text, boolean quoted) -> operand(text.render(values), quoted);
    };
  }

  private static Evaluation negated(Evaluation evaluation) {
    return evaluation instanceof Known(Value.Bool(boolean is)) ? known(!is) : evaluation;
  }

  private static Evaluation operand(String text, boolean quoted) {
    if (quoted) {
      return new Known(new Value.Text(text));
    }
    return text.isBlank()
        ? new Failed("a value without quotes is empty")
        : new Known(Value.bare(text));
  }

  /**
   * @param enough what the first side has to be for the second not to matter
   */
  private static Evaluation joined(
      Condition left, Condition right, boolean enough, Function<Text.Reference, String> values) {
    Evaluation first = truth(left, values);
    return first instanceof Known(Value.Bool(boolean is)) && is != enough
        ? truth(right, values)
        : first;
  }

  /** Fails for a value that is no boolean. */
  private static Evaluation truth(Condition condition, Function<Text.Reference, String> values) {
    Evaluation evaluation = of(condition, values);
    return evaluation instanceof Known(Value value) && !(value instanceof Value.Bool)
        ? new Failed(value + " is neither true nor false")
        : evaluation;
  }

  private static Evaluation compared(Compare compare, Function<Text.Reference, String> values) {
    Evaluation first = of(compare.left(), values);
    Evaluation second = of(compare.right(), values);
    if (!(first instanceof Known(Value left))) {
      return first;
    }
    if (!(second instanceof Known(Value right))) {
      return second;
    }
    Optional<Boolean> holds = compare.operator().holds(left, right);
    return holds.isPresent()
        ? known(holds.get())
        : new Failed(left + " and " + right + " have no order");
  }

  private static Evaluation known(boolean is) {
    return new Known(new Value.Bool(is));
  }
}
