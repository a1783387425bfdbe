package dev.tiphys.sidecars.publish;

import java.util.function.LongConsumer;

/**
 * Where a stream's numbers begin, and who is told how far it has come.
 *
 * @param first number of the first event
 * @param acknowledged told each number once the sink has the event, or a stand-in for it; in order
 *     where the window is 1. Called by the publisher's threads, and must not block
 */
public record Numbering(long first, LongConsumer acknowledged) {
  /** A stream of which nothing was published before, and whose progress nobody keeps. */
  static final Numbering FROM_ONE = new Numbering(1, number -> {});

  public Numbering {
    if (first < 1) {
      throw new IllegalArgumentException("numbers begin at 1, not at " + first);
    }
  }
}
