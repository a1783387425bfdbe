package dev.tiphys.functions.run;

import java.util.Locale;

/** Where a run or a node is in its life; Argo's words. */
public enum Phase {
  /** Created, or waited for, and not begun; of runs alone. */
  PENDING,
  /** Entered, and not complete. */
  RUNNING,
  /** Nothing more is started there; complete when what runs has ended. */
  ENDING,
  SUCCEEDED,
  /** A task of it has, or somebody has ended it. */
  FAILED,
  /** We could not carry it on: what it needs was refused, is gone, or too large; of runs alone. */
  ERROR,
  /** Ended because an event or its failed scope wanted no more of it; not a failure by itself. */
  STOPPED,
  /** Its condition was false. */
  SKIPPED;

  /** Will never change again. */
  public boolean complete() {
    return this != PENDING && this != RUNNING && this != ENDING;
  }

  /** Ended otherwise than it should: Argo's {@code FailedOrError}. */
  public boolean unsuccessful() {
    return this == FAILED || this == ERROR;
  }

  /** As Argo writes it: {@code Running}. */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
