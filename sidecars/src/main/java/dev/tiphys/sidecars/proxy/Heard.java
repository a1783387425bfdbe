package dev.tiphys.sidecars.proxy;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which events of one stream have come. */
final class Heard {
  private final SortedSet<Long> beyond;
  private long upTo;
  private @Nullable Long last;

  Heard() {
    this(new Kept(0, new TreeSet<>(), null));
  }

  Heard(Kept kept) {
    this.upTo = kept.upTo();
    this.beyond = new TreeSet<>(kept.beyond());
    this.last = kept.last();
  }

  /**
   * As it is kept.
   *
   * @param upTo all up to that number have come
   * @param beyond and these
   * @param last number of the stream's last event; null while that is not known
   */
  record Kept(long upTo, SortedSet<Long> beyond, @Nullable Long last) {}

  Kept kept() {
    return new Kept(upTo, new TreeSet<>(beyond), last);
  }

  /** False if it had come before. */
  boolean add(long number) {
    if (number <= upTo || !beyond.add(number)) {
      return false;
    }
    while (beyond.remove(upTo + 1)) {
      upTo++;
    }
    return true;
  }

  void end(long number) {
    last = number;
  }

  boolean toItsEnd() {
    return last != null && upTo >= last;
  }
}
