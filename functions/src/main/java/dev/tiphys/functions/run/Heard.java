package dev.tiphys.functions.run;

import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription has accounted for, so that none counts twice.
 *
 * @param streams what sidecars numbered, by stream
 * @param foreign identities of events without a number, oldest first, the newest {@value
 *     #FOREIGN_MAX} of them: an older one that is delivered again counts as new
 */
public record Heard(SortedMap<String, Heard.Stream> streams, List<EventKey> foreign) {
  /** How many events without a sequence number are remembered. */
  public static final int FOREIGN_MAX = 1_000;

  /** Nothing yet. */
  public static final Heard NOTHING = new Heard(new TreeMap<>(), List.of());

  public Heard {
    streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
    foreign = List.copyOf(foreign);
  }

  /**
   * One stream.
   *
   * @param done the sequence numbers accounted for
   * @param last the number of its last event, once its end is known
   */
  public record Stream(RangeSet done, @Nullable Long last) {
    static final Stream NEW = new Stream(RangeSet.EMPTY, null);

    Stream merge(Stream other) {
      return new Stream(done.union(other.done), last == null ? other.last : last);
    }
  }

  /** Whether the event is accounted for. */
  public boolean contains(EventKey key, @Nullable Position position) {
    return position == null
        ? foreign.contains(key)
        : stream(position.stream()).done().contains(position.sequence());
  }

  /** With one more event accounted for. */
  public Heard with(EventKey key, @Nullable Position position) {
    if (contains(key, position)) {
      return this;
    }
    if (position == null) {
      List<EventKey> newest = new ArrayList<>(foreign);
      newest.add(key);
      return new Heard(
          streams, newest.subList(Math.max(0, newest.size() - FOREIGN_MAX), newest.size()));
    }
    Stream stream = stream(position.stream());
    return withStream(
        position.stream(), new Stream(stream.done().with(position.sequence()), stream.last()));
  }

  /** With the end of a stream known. */
  public Heard ended(Position marker) {
    return withStream(
        marker.stream(), new Stream(stream(marker.stream()).done(), marker.sequence()));
  }

  /** What either has heard. */
  public Heard merge(Heard other) {
    Heard merged = this;
    for (var entry : other.streams.entrySet()) {
      merged =
          merged.withStream(entry.getKey(), merged.stream(entry.getKey()).merge(entry.getValue()));
    }
    for (EventKey key : other.foreign) {
      merged = merged.with(key, null);
    }
    return merged;
  }

  /** Without a stream whose emitter is gone, so that nothing of it can come any more. */
  public Heard forgetting(String stream) {
    if (!streams.containsKey(stream)) {
      return this;
    }
    SortedMap<String, Stream> rest = new TreeMap<>(streams);
    rest.remove(stream);
    return new Heard(rest, foreign);
  }

  /** The stream, empty if nothing of it was heard. */
  public Stream stream(String name) {
    return streams.getOrDefault(name, Stream.NEW);
  }

  private Heard withStream(String name, Stream stream) {
    SortedMap<String, Stream> more = new TreeMap<>(streams);
    more.put(name, stream);
    return new Heard(more, foreign);
  }
}
