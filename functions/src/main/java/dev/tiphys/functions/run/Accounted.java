package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a step has accounted for: the events that it has heard, and those that have an instance. */
public final class Accounted {
  private final Heard heard;
  private final Map<String, Set<Long>> caused = new HashMap<>();

  public Accounted(Heard heard, Collection<Instance> instances) {
    this.heard = heard;
    for (Instance instance : instances) {
      Instance.Cause cause = instance.identity().cause();
      Position position = cause == null ? null : cause.position();
      if (position != null) {
        caused.computeIfAbsent(position.stream(), s -> new HashSet<>()).add(position.sequence());
      }
    }
  }

  /** Whether the stream's end is known, and each of its events is accounted for. */
  public boolean toTheEnd(String stream) {
    Heard.Stream known = heard.stream(stream);
    Long last = known.last();
    if (last == null) {
      return false;
    }
    Set<Long> others = caused.getOrDefault(stream, Set.of());
    long next = 1;
    for (RangeSet.Range range : known.done().ranges()) {
      next = firstMissing(next, range.first(), others);
      if (next < range.first()) {
        break;
      }
      next = Math.max(next, range.last() + 1);
    }
    return firstMissing(next, last + 1, others) > last;
  }

  /** The first number from here on, before the end, that is not in the set; the end if all are. */
  private static long firstMissing(long from, long end, Set<Long> numbers) {
    long number = from;
    while (number < end && numbers.contains(number)) {
      number++;
    }
    return number;
  }
}
