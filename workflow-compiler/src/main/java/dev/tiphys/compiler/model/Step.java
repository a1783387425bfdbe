package dev.tiphys.compiler.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of a template. */
public record Step(
    Located<String> name,
    Located<String> template,
    List<Argument> arguments,
    @Nullable When when,
    boolean continueOnFailed) {
  public Step {
    arguments = List.copyOf(arguments);
  }

  /** Everything in its condition that has a value. */
  public Stream<TaggedText> operands() {
    return when == null ? Stream.empty() : when.operands();
  }
}
