package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Time;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has passed a proxy and what is to become of it, by nothing but the entries of its journal:
 * the same entries give the same results with the same numbers.
 */
final class Passage {
  /** Above either of these the oldest window is closed before its time. */
  static final int MAX_WINDOWS = 10_000;

  static final int MAX_CHARACTERS = 8 << 20;

  private final @Nullable Aggregate aggregate;
  private final SortedMap<String, Heard> streams = new TreeMap<>();
  private final Map<String, OpenWindow> windows = new LinkedHashMap<>();
  private final Deque<Result> waiting = new ArrayDeque<>();
  private long results;
  private long acknowledged;
  private boolean stopped;
  private long characters;

  /** An event to publish: its number in the proxy's stream, and its data. */
  record Result(long number, String data) {}

  /** All of it, as it is kept. */
  record Kept(
      SortedMap<String, Heard.Kept> streams,
      List<OpenWindow> windows,
      List<Result> waiting,
      long results,
      long acknowledged,
      boolean stopped) {
    static final Kept NOTHING = new Kept(new TreeMap<>(), List.of(), List.of(), 0, 0, false);
  }

  /**
   * @param aggregate null: each contribution is a result
   * @param expected the streams of events that have to end; none where exchanges pass
   * @param kept of an earlier life
   */
  Passage(@Nullable Aggregate aggregate, Collection<String> expected, Kept kept) {
    this.aggregate = aggregate;
    expected.forEach(stream -> streams.put(stream, new Heard()));
    kept.streams().forEach((stream, heard) -> streams.put(stream, new Heard(heard)));
    kept.windows().forEach(this::keep);
    waiting.addAll(kept.waiting());
    results = kept.results();
    acknowledged = kept.acknowledged();
    stopped = kept.stopped();
  }

  Kept kept() {
    SortedMap<String, Heard.Kept> heard = new TreeMap<>();
    streams.forEach((stream, it) -> heard.put(stream, it.kept()));
    return new Kept(
        heard, List.copyOf(windows.values()), List.copyOf(waiting), results, acknowledged, stopped);
  }

  /** Whether a stream of that name is expected. */
  boolean expects(String stream) {
    return streams.containsKey(stream);
  }

  /** Whether every stream has been heard to its end. */
  boolean over() {
    return !streams.isEmpty() && streams.values().stream().allMatch(Heard::toItsEnd);
  }

  boolean stopped() {
    return stopped;
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Results that the sink is not known to have. */
  List<Result> waiting() {
    return List.copyOf(waiting);
  }

  /** Whether time alone would close a window by then. */
  boolean expires(Instant now) {
    return !windows.isEmpty() && due(windows.values().iterator().next(), now);
  }

  /** What comes of the entry. */
  List<Result> apply(Entry entry) {
    List<String> data = new ArrayList<>();
    switch (entry) {
      case Entry.Observed(String observed) -> data.add(observed);
      case Entry.Taken taken -> take(taken, data);
      case Entry.Ended(String stream, long last) -> heard(stream).end(last);
      case Entry.Expired(Instant at) -> closeWhile(() -> expires(at), data);
      case Entry.Acknowledged(long number) -> acknowledge(number);
      case Entry.Stopped() -> stop();
    }
    if (over()) {
      closeWhile(() -> true, data);
    }
    return data.stream().map(this::result).toList();
  }

  private void take(Entry.Taken taken, List<String> data) {
    Contribution contribution = taken.contribution();
    if (!heard(taken.stream()).add(taken.number()) || contribution == null) {
      return;
    }
    if (aggregate == null) {
      data.add(contribution.value());
      return;
    }
    OpenWindow open = windows.get(contribution.key());
    OpenWindow now =
        open == null
            ? OpenWindow.of(contribution, taken.at())
            : open.with(contribution, aggregate.function());
    characters -= open == null ? 0 : open.characters();
    keep(now);
    if (aggregate.window() instanceof Count(int events) && now.count() >= events) {
      close(now, data);
    }
    closeWhile(() -> windows.size() > MAX_WINDOWS || characters > MAX_CHARACTERS, data);
  }

  private Heard heard(String stream) {
    return streams.computeIfAbsent(stream, name -> new Heard());
  }

  private void keep(OpenWindow window) {
    windows.put(window.key(), window);
    characters += window.characters();
  }

  private boolean due(OpenWindow window, Instant now) {
    return aggregate != null
        && aggregate.window() instanceof Time(int seconds)
        && !now.isBefore(window.opened().plusSeconds(seconds));
  }

  /** Oldest first. */
  private void closeWhile(BooleanSupplier wanted, List<String> data) {
    while (!windows.isEmpty() && wanted.getAsBoolean()) {
      close(windows.values().iterator().next(), data);
    }
  }

  private void close(OpenWindow window, List<String> data) {
    if (aggregate != null) {
      windows.remove(window.key());
      characters -= window.characters();
      data.add(window.data(aggregate.function(), aggregate.key() != null));
    }
  }

  private Result result(String data) {
    Result result = new Result(++results, data);
    if (!stopped) {
      waiting.add(result);
    }
    return result;
  }

  private void acknowledge(long number) {
    acknowledged = Math.max(acknowledged, number);
    while (!waiting.isEmpty() && waiting.getFirst().number() <= acknowledged) {
      waiting.removeFirst();
    }
  }

  private void stop() {
    stopped = true;
    waiting.clear();
  }
}
