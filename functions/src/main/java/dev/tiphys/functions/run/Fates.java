package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many events had which fate.
 *
 * @param counts by listener, such as {@code start main/handle}; an event of which a step has
 *     several nodes counts at each
 */
public record Fates(@JsonValue SortedMap<String, SortedMap<Fate, Integer>> counts) {
  /** None. */
  public static final Fates NONE = new Fates(new TreeMap<>());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Fates {
    TreeMap<String, SortedMap<Fate, Integer>> copy = new TreeMap<>(counts);
    copy.replaceAll((listener, its) -> Collections.unmodifiableSortedMap(new TreeMap<>(its)));
    counts = Collections.unmodifiableSortedMap(copy);
  }

  /** With one more. */
  public Fates with(String listener, Fate fate) {
    return with(listener, fate, 1);
  }

  /** With so many more. */
  public Fates with(String listener, Fate fate, int count) {
    TreeMap<Fate, Integer> its =
        new TreeMap<>(counts.getOrDefault(listener, Collections.emptySortedMap()));
    its.merge(fate, count, Integer::sum);
    TreeMap<String, SortedMap<Fate, Integer>> all = new TreeMap<>(counts);
    all.put(listener, its);
    return new Fates(all);
  }

  /** How many had that fate at the listener. */
  public int of(String listener, Fate fate) {
    return counts.getOrDefault(listener, Collections.emptySortedMap()).getOrDefault(fate, 0);
  }

  /** How many had that fate, at whatever listener. */
  public int of(Fate fate) {
    return counts.keySet().stream().mapToInt(listener -> of(listener, fate)).sum();
  }

  @JsonIgnore
  public boolean isEmpty() {
    return counts.isEmpty();
  }
}
