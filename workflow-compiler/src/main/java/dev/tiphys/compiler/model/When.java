package dev.tiphys.compiler.model;

import dev.tiphys.triggers.plan.Condition;
import java.util.stream.Stream;

/** A step's condition, parsed before any value is known. */
public sealed interface When {
  /** Everything in it that has a value, in order. */
  Stream<TaggedText> operands();

  /** Both hold. */
  record And(When left, When right) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.concat(left.operands(), right.operands());
    }
  }

  /** At least one holds. */
  record Or(When left, When right) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.concat(left.operands(), right.operands());
    }
  }

  /** The other does not hold. */
  record Not(When condition) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return condition.operands();
    }
  }

  /** One operand against another. */
  record Compare(Condition.Operator operator, TaggedText left, TaggedText right) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.of(left, right);
    }
  }

  /** An operand alone, which holds if it is {@code true}. */
  record Truth(TaggedText operand) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.of(operand);
    }
  }
}
