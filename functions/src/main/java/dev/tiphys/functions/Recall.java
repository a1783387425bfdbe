package dev.tiphys.functions;

/** What a run knows of events by its parts. */
@FunctionalInterface
public interface Recall {
  /** Of a run that has put nothing into parts. */
  Recall NOTHING = entry -> false;

  /**
   * Whether a part holds the entry.
   *
   * @param entry as {@code OutsideMemory} makes it of a listener and an event
   */
  boolean holds(String entry);
}
