package dev.tiphys.sidecars.logs;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * From where a log would have to be read again: after the last line before which all are
 * acknowledged. Lines that wait are as few as the publisher's queue holds.
 */
final class Progress {
  private final TreeMap<Long, Place> waiting = new TreeMap<>();
  private final Set<Long> early = new HashSet<>();
  private long published;
  private Place place;
  private boolean stopped;

  /**
   * @param place where this life of the sidecar begins
   * @param published number of the last event of the lives before
   */
  Progress(Place place, long published) {
    this.place = place;
    this.published = published;
  }

  /** Says that the event of that number is about to be queued. */
  synchronized void queued(long number, Place resume) {
    if (!stopped) {
      waiting.put(number, resume);
    }
  }

  /** Says that no event came of what stands before that place and after the last event. */
  synchronized void passed(Place resume) {
    if (stopped) {
      return;
    }
    if (waiting.isEmpty()) {
      place = resume;
    } else {
      waiting.put(waiting.lastKey(), resume);
    }
  }

  /** Says that the sink has it. */
  synchronized void acknowledged(long number) {
    early.add(number);
    while (early.remove(published + 1)) {
      Map.Entry<Long, Place> next = waiting.pollFirstEntry();
      published++;
      place = next == null ? place : next.getValue();
    }
  }

  /** Says that what is queued from now on is thrown away, and never acknowledged. */
  synchronized void stop() {
    stopped = true;
  }

  synchronized Place place() {
    return place;
  }
}
