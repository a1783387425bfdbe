package dev.tiphys.functions.run;

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
 * @param outside digests of events without a number, oldest first; those that were here longer are
 *     in the run's {@link OutsideMemory}
 */
public record Heard(SortedMap<String, Heard.Stream> streams, List<String> outside) {
  /** Nothing yet. */
  public static final Heard NOTHING = new Heard(new TreeMap<>(), List.of());

  public Heard {
    streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
    outside = List.copyOf(outside);
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

  /** Whether the event is known to be accounted for, without asking the run's parts. */
  public boolean contains(EventRef event) {
    return switch (event) {
      case EventRef.Outside(String digest) -> outside.contains(digest);
      case EventRef.Numbered(Position place) ->
          stream(place.stream()).done().contains(place.sequence());
    };
  }

  /** With one more event accounted for. */
  public Heard with(EventRef event) {
    if (contains(event)) {
      return this;
    }
    return switch (event) {
      case EventRef.Outside(String digest) -> {
        List<String> more = new ArrayList<>(outside);
        more.add(digest);
        yield new Heard(streams, more);
      }
      case EventRef.Numbered(Position place) -> {
        Stream stream = stream(place.stream());
        yield withStream(
            place.stream(), new Stream(stream.done().with(place.sequence()), stream.last()));
      }
    };
  }

  /** With other digests of events without a number. */
  public Heard withOutside(List<String> digests) {
    return new Heard(streams, digests);
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
    for (String digest : other.outside) {
      merged = merged.with(new EventRef.Outside(digest));
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
    return new Heard(rest, outside);
  }

  /** The stream, empty if nothing of it was heard. */
  public Stream stream(String name) {
    return streams.getOrDefault(name, Stream.NEW);
  }

  private Heard withStream(String name, Stream stream) {
    SortedMap<String, Stream> more = new TreeMap<>(streams);
    more.put(name, stream);
    return new Heard(more, outside);
  }
}
