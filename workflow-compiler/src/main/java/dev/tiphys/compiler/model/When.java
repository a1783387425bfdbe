package dev.tiphys.compiler.model;

import dev.tiphys.triggers.plan.Operator;
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

  /** One value against another. */
  record Compare(Operator operator, When left, When right) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.concat(left.operands(), right.operands());
    }
  }

  /**
   * A value.
   *
   * @param quoted whether it stands in quotes
   */
  record Operand(TaggedText text, boolean quoted) implements When {
    @Override
    public Stream<TaggedText> operands() {
      return Stream.of(text);
    }
  }
}
