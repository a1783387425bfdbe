package dev.tiphys.cli.run;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by name. Senders can make up ever new names, so only so many are told apart. */
final class BoundedCounts {
  private final int max;
  private final String others;
  private final SortedMap<String, Long> counts = new TreeMap<>();

  /**
   * @param max names that are told apart
   * @param others what all further ones are counted as
   */
  BoundedCounts(int max, String others) {
    this.max = max;
    this.others = others;
  }

  synchronized void count(String name) {
    boolean room = counts.containsKey(name) || counts.size() < max;
    counts.merge(room ? name : others, 1L, Long::sum);
  }

  /** As they are now; the caller's own. */
  synchronized SortedMap<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
