package dev.tiphys.triggers.plan;

/** What a condition comes to. */
public sealed interface Verdict {
  /** It holds. */
  record Holds() implements Verdict {}

  /** It does not hold. */
  record Fails() implements Verdict {}

  /** Its values cannot be compared, or it is neither true nor false. */
  record Undecided(String reason) implements Verdict {}
}
