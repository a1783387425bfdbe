package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a step holds that takes several events to start an instance. See docs/designs/003.
 *
 * @param open by key: what waits for more
 * @param closed by number: the values, by input, of complete sets whose instance was not seen yet
 * @param last number of the last set that was closed, from 1
 * @param ended inputs of a join for which nothing comes any more
 * @param unmatched by input: how many values found no partner
 * @param undecided why the condition of the last set that it could not be decided of was not; null:
 *     there was none
 */
public record Gathered(
    SortedMap<String, Gathered.Open> open,
    SortedMap<Long, SortedMap<String, String>> closed,
    long last,
    Set<String> ended,
    SortedMap<String, Integer> unmatched,
    @Nullable String undecided) {
  /** Nothing yet. */
  public static final Gathered NOTHING =
      new Gathered(new TreeMap<>(), new TreeMap<>(), 0, Set.of(), new TreeMap<>(), null);

  public Gathered {
    open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
    closed = Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    ended = Collections.unmodifiableSortedSet(new TreeSet<>(ended));
    unmatched = Collections.unmodifiableSortedMap(new TreeMap<>(unmatched));
  }

  /**
   * What waits under one key.
   *
   * @param values by input, in the order in which they were accepted; no list is empty
   * @param fresh how many of them are in no set yet: all but where windows overlap
   * @param closesAt when a window by time ends; null where something else ends it
   */
  public record Open(SortedMap<String, List<Value>> values, int fresh, @Nullable Instant closesAt) {
    /** Nothing under the key. */
    public static final Open EMPTY = new Open(new TreeMap<>(), 0, null);

    public Open {
      TreeMap<String, List<Value>> copy = new TreeMap<>(values);
      copy.values().removeIf(List::isEmpty);
      copy.replaceAll((input, list) -> List.copyOf(list));
      values = Collections.unmodifiableSortedMap(copy);
    }

    /** The values of an input. */
    public List<Value> of(String input) {
      return values.getOrDefault(input, List.of());
    }

    /** With one more value of the input, which is in no set yet. */
    public Open with(String input, Value value) {
      List<Value> more = new ArrayList<>(of(input));
      more.add(value);
      return new Open(with(input, more), fresh + 1, closesAt);
    }

    /** With other values of the input, which all are in sets already. */
    public Open sliding(String input, List<Value> rest, @Nullable Instant end) {
      return new Open(with(input, rest), 0, end);
    }

    /** As a window that ends then. */
    public Open until(Instant end) {
      return new Open(values, fresh, end);
    }

    /** The oldest value of each input. */
    public SortedMap<String, String> heads() {
      SortedMap<String, String> heads = new TreeMap<>();
      values.forEach((input, list) -> heads.put(input, list.getFirst().text()));
      return heads;
    }

    /** Without the oldest value of each input. */
    public Open tails() {
      TreeMap<String, List<Value>> tails = new TreeMap<>(values);
      tails.replaceAll((input, list) -> list.subList(1, list.size()));
      return new Open(tails, fresh - values.size(), closesAt);
    }

    /** How many values wait. */
    @JsonIgnore
    public int size() {
      return values.values().stream().mapToInt(List::size).sum();
    }

    private SortedMap<String, List<Value>> with(String input, List<Value> list) {
      TreeMap<String, List<Value>> next = new TreeMap<>(values);
      next.put(input, list);
      return next;
    }
  }

  /**
   * A value that waits.
   *
   * @param text as the task will get it; in a window it is JSON
   * @param at when it was accepted, in a window by time; null elsewhere
   */
  public record Value(String text, @Nullable Instant at) {}

  /** What waits under the key. */
  public Open at(String key) {
    return open.getOrDefault(key, Open.EMPTY);
  }

  /** With that under the key. */
  public Gathered with(String key, Open waiting) {
    TreeMap<String, Open> next = new TreeMap<>(open);
    if (waiting.values().isEmpty()) {
      next.remove(key);
    } else {
      next.put(key, waiting);
    }
    return new Gathered(next, closed, last, ended, unmatched, undecided);
  }

  /** With one more complete set. */
  public Gathered closing(SortedMap<String, String> values) {
    TreeMap<Long, SortedMap<String, String>> next = new TreeMap<>(closed);
    next.put(last + 1, values);
    return new Gathered(open, next, last + 1, ended, unmatched, undecided);
  }

  /** With these of the complete sets alone. */
  public Gathered withClosed(SortedMap<Long, SortedMap<String, String>> rest) {
    return new Gathered(open, rest, last, ended, unmatched, undecided);
  }

  /** With no value of the inputs to come. */
  public Gathered ending(Set<String> inputs) {
    Set<String> next = new TreeSet<>(ended);
    next.addAll(inputs);
    return new Gathered(open, closed, last, next, unmatched, undecided);
  }

  /** With so many more values of the input that found no partner. */
  public Gathered lonely(String input, int count) {
    TreeMap<String, Integer> next = new TreeMap<>(unmatched);
    next.merge(input, count, Integer::sum);
    return new Gathered(open, closed, last, ended, next, undecided);
  }

  /** With a set whose condition could not be decided. */
  public Gathered undecided(String reason) {
    return new Gathered(open, closed, last, ended, unmatched, reason);
  }

  /** Without what waits, and without the complete sets. */
  public Gathered thrownAway() {
    return new Gathered(new TreeMap<>(), new TreeMap<>(), last, ended, unmatched, undecided);
  }

  /** How many values wait that are in no set yet. */
  @JsonIgnore
  public int waiting() {
    return open.values().stream().mapToInt(Open::fresh).sum();
  }

  /** How many values are kept. */
  @JsonIgnore
  public int size() {
    return open.values().stream().mapToInt(Open::size).sum();
  }

  /** What the waiting values take of the run's object, in bytes. */
  @JsonIgnore
  public long openBytes() {
    return open.entrySet().stream()
        .mapToLong(
            e ->
                bytes(e.getKey())
                    + e.getValue().values().values().stream()
                        .flatMap(List::stream)
                        .mapToLong(value -> bytes(value.text()))
                        .sum())
        .sum();
  }

  /** What the complete sets take of the run's object, in bytes. */
  @JsonIgnore
  public long closedBytes() {
    return closed.values().stream()
        .flatMap(values -> values.values().stream())
        .mapToLong(Gathered::bytes)
        .sum();
  }

  /**
   * What a text takes there: it is JSON within JSON, where a quote takes four bytes and a control
   * character seven; and what is around it.
   */
  public static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length
        + text.chars().filter(c -> c == '"' || c == '\\').count() * 3
        + text.chars().filter(c -> c < ' ').count() * 6
        + 70;
  }

  /** When the first window by time ends; empty if none is open. */
  @JsonIgnore
  public Stream<Instant> ends() {
    return open.values().stream().flatMap(waiting -> Stream.ofNullable(waiting.closesAt()));
  }

  /** What became of values that started nothing, for people; empty if all did. */
  @JsonIgnore
  public String unusedText() {
    Stream<String> lonely =
        unmatched.entrySet().stream().map(e -> "%,d of `%s`".formatted(e.getValue(), e.getKey()));
    Stream<String> parts =
        unmatched.isEmpty()
            ? Stream.empty()
            : Stream.of(lonely.collect(Collectors.joining(", ", "values without a partner: ", "")));
    Stream<String> conditions =
        Stream.ofNullable(undecided).map("its condition could not be decided: "::concat);
    return Stream.concat(parts, conditions).collect(Collectors.joining("; "));
  }
}
