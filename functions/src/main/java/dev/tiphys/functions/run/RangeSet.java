package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An immutable set of sequence numbers, kept as ranges: a stream whose events were all accounted
 * for takes a few bytes, however long it is.
 *
 * @param ranges ascending, apart from each other by at least one missing number
 */
public record RangeSet(List<Range> ranges) {
  /** The empty set. */
  public static final RangeSet EMPTY = new RangeSet(List.of());

  /** All numbers from first to last. */
  public record Range(long first, long last) {
    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "-" + last;
    }
  }

  public RangeSet {
    ranges = List.copyOf(ranges);
  }

  /** Reads what {@link #toString} wrote: {@code 1-5,7}. */
  @JsonCreator
  public static RangeSet parse(String text) {
    RangeSet set = EMPTY;
    for (String range : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
      int dash = range.indexOf('-');
      long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
      long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
      set = set.with(new Range(first, last));
    }
    return set;
  }

  /** Whether the number is in the set. */
  public boolean contains(long number) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = ranges.get(middle);
      if (number < range.first()) {
        high = middle - 1;
      } else if (number > range.last()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The set with one more number. */
  public RangeSet with(long number) {
    return contains(number) ? this : with(new Range(number, number));
  }

  /** The numbers of both sets. */
  public RangeSet union(RangeSet other) {
    RangeSet union = this;
    for (Range range : other.ranges) {
      union = union.with(range);
    }
    return union;
  }

  /** Whether every number from 1 to last is in the set; true for last 0. */
  public boolean coversUpTo(long last) {
    return last == 0
        || (!ranges.isEmpty()
            && ranges.getFirst().first() <= 1
            && ranges.getFirst().last() >= last);
  }

  private RangeSet with(Range added) {
    List<Range> merged = new ArrayList<>(ranges.size() + 1);
    long first = added.first();
    long last = added.last();
    boolean placed = false;
    for (Range range : ranges) {
      if (range.last() + 1 < first) {
        merged.add(range);
      } else if (last + 1 < range.first()) {
        if (!placed) {
          merged.add(new Range(first, last));
          placed = true;
        }
        merged.add(range);
      } else {
        first = Math.min(first, range.first());
        last = Math.max(last, range.last());
      }
    }
    if (!placed) {
      merged.add(new Range(first, last));
    }
    return new RangeSet(merged);
  }

  @Override
  @JsonValue
  public String toString() {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
