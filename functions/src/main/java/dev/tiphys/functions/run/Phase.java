package dev.tiphys.functions.run;

/** Where a run or a node is in its life; Argo's words. */
public enum Phase {
  /** Entered, and not complete. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** Ended because an event or its failed scope wanted no more of it; not a failure by itself. */
  STOPPED,
  /** Its condition was false. */
  SKIPPED;

  /** Will never change again. */
  public boolean complete() {
    return this != RUNNING;
  }
}
