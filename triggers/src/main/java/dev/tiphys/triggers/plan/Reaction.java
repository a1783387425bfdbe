package dev.tiphys.triggers.plan;

import java.util.Locale;

/** The functions that react to events. */
public enum Reaction {
  /** Begins a run. */
  BEGIN,
  /** Starts instances. */
  START,
  /** Stops instances. */
  STOP,
  /** Gives running instances newer values. */
  UPDATE,
  /** Moves a run on. */
  ADVANCE;

  /** Lower-case name, as in {@code coinflip-start}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The path that the function answers on, and below which Triggers name their plan: {@code
   * /start}.
   */
  public String path() {
    return "/" + lowerCaseName();
  }

  /** The path that the plan's Trigger delivers to: {@code /start/coinflip-0123456789}. */
  public String path(String planId) {
    return path() + "/" + planId;
  }
}
