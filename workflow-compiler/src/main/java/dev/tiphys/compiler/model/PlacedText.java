package dev.tiphys.compiler.model;

/** A text that values can be put into, and where in its task it stands. */
public record PlacedText(Place place, TaggedText text) {
  /** A place of a task that takes values. Whoever adds one has to say what a value can do there. */
  public sealed interface Place {}

  /** A word of the command line, by its number from 0: command first, then arguments. */
  public record Word(int index) implements Place {}

  /** The value of an environment variable. */
  public record Variable(String name) implements Place {}

  /** The text of a script. */
  public record Source() implements Place {}
}
