package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.Set;

/**
 * A value that comes to a sink.
 *
 * @param task name of the template
 * @param detail what tells several such places of a task apart: the variable's name
 * @param way how it comes in
 * @param name of the reference or variable that brings it in
 * @param at where that stands
 */
public record Arrival(
    Sink sink,
    String task,
    String detail,
    Way way,
    String name,
    SourceSpan at,
    Set<Source> sources) {
  public Arrival {
    sources = Set.copyOf(sources);
  }

  /** How a value comes into a text. */
  public enum Way {
    /** By a tag: {@code {{inputs.parameters.x}}}. */
    TAG,
    /** By a variable that Kubernetes puts in: {@code $(X)}. */
    VARIABLE,
    /** By a variable that a shell evaluates: {@code eval $X}. */
    EVALUATED
  }

  /** Whether an event's value may be what comes. */
  public boolean isOfEvent() {
    return sources.stream().anyMatch(Source.Event.class::isInstance);
  }

  /** The place in words: {@code the source of `hello`}. */
  public String place() {
    return sink.inWords(task, detail);
  }
}
