package dev.tiphys.sidecars.proxy;

import java.io.IOException;

/** Keeps what happened to a proxy for a next life. */
interface Journal {
  /** For a proxy that has one life. */
  Journal NONE = (entry, passage) -> {};

  /**
   * Adds an entry, before it is applied.
   *
   * @param passage as all entries before it have left it
   */
  void add(Entry entry, Passage passage) throws IOException;
}
