package dev.tiphys.functions.run;

import java.util.Locale;

/** Where a run or a node is in its life; Argo's words. */
public enum Phase {
  /** Entered, and not complete. */
  RUNNING,
  /** Nothing more is started there; complete when what runs has ended. */
  ENDING,
  SUCCEEDED,
  FAILED,
  /** Ended because an event or its failed scope wanted no more of it; not a failure by itself. */
  STOPPED,
  /** Its condition was false. */
  SKIPPED;

  /** Will never change again. */
  public boolean complete() {
    return this != RUNNING && this != ENDING;
  }

  /** As Argo writes it: {@code Running}. */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
