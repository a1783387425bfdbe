package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.List;
import java.util.stream.Stream;

/** A text of the file with its references told apart, not yet looked up. */
public record TaggedText(List<Segment> segments, SourceSpan at) {
  public TaggedText {
    segments = List.copyOf(segments);
  }

  /** Its tags, in order. */
  public Stream<Variable> variables() {
    return segments.stream().flatMap(s -> s instanceof Variable v ? Stream.of(v) : null);
  }

  /** The text as the file has it, in one piece. */
  public String raw() {
    StringBuilder raw = new StringBuilder();
    for (Segment segment : segments) {
      switch (segment) {
        case Verbatim verbatim -> raw.append(verbatim.text());
        case Variable variable -> raw.append("{{").append(variable.name()).append("}}");
      }
    }
    return raw.toString();
  }

  /** A piece of the text. */
  public sealed interface Segment {}

  /** Text as it is. */
  public record Verbatim(String text) implements Segment {}

  /** A reference by the name between its braces: {@code inputs.parameters.coin}. */
  public record Variable(String name, SourceSpan at) implements Segment {}
}
