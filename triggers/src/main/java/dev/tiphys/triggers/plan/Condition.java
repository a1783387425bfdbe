package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;

/**
 * A {@code when}, parsed before any value is put in: a value is an operand and never part of the
 * expression's text. It comes to what govaluate, which Argo uses, makes of the same values.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Condition.And.class, name = "and"),
  @JsonSubTypes.Type(value = Condition.Or.class, name = "or"),
  @JsonSubTypes.Type(value = Condition.Not.class, name = "not"),
  @JsonSubTypes.Type(value = Condition.Compare.class, name = "compare"),
  @JsonSubTypes.Type(value = Condition.Operand.class, name = "operand")
})
public sealed interface Condition {
  /** What it comes to with these values. */
  default Verdict decide(Function<Text.Reference, String> values) {
    if (this instanceof Operand(Text text, boolean quoted)
        && !quoted
        && text.render(values).isEmpty()) {
      return new Verdict.Holds(); // as a step without any condition
    }
    return switch (Evaluation.of(this, values)) {
      case Evaluation.Known(Value.Bool(boolean is)) when is -> new Verdict.Holds();
      case Evaluation.Known(Value.Bool no) -> new Verdict.Fails();
      case Evaluation.Known(Value value) ->
          new Verdict.Undecided(value + " is neither true nor false");
      case Evaluation.Failed(String reason) -> new Verdict.Undecided(reason);
    };
  }

  /** Both are true; the second is not looked at where the first is false. */
  record And(Condition left, Condition right) implements Condition {}

  /** At least one is true; the second is not looked at where the first is. */
  record Or(Condition left, Condition right) implements Condition {}

  /** True of what is false. */
  record Not(Condition condition) implements Condition {}

  /** One value against another. */
  record Compare(Operator operator, Condition left, Condition right) implements Condition {}

  /**
   * A value.
   *
   * @param quoted whether it is a text, whatever it looks like
   */
  record Operand(Text text, boolean quoted) implements Condition {}
}
