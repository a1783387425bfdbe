package dev.tiphys.functions.run;

import dev.tiphys.triggers.event.Position;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What events have made of a task's inputs so far. The run decides the order in which values count;
 * instances only have to know how far that is.
 *
 * @param revision how often a value has changed
 * @param values by input, for those that an event has filled
 * @param heard the events accounted for
 */
public record Updated(long revision, SortedMap<String, Updated.Latest> values, Heard heard) {
  /** No event yet. */
  public static final Updated NOTHING = new Updated(0, new TreeMap<>(), Heard.NOTHING);

  public Updated {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * The value that counts.
   *
   * @param newest by stream, the number of its newest event that has counted
   */
  public record Latest(String text, SortedMap<String, Long> newest) {
    public Latest {
      newest = Collections.unmodifiableSortedMap(new TreeMap<>(newest));
    }

    Latest forgetting(String stream) {
      SortedMap<String, Long> rest = new TreeMap<>(newest);
      rest.remove(stream);
      return new Latest(text, rest);
    }
  }

  /** Whether a newer event of its stream has counted for the input already. */
  public boolean overtaken(String input, @Nullable Position position) {
    Latest latest = values.get(input);
    return position != null
        && latest != null
        && latest.newest().getOrDefault(position.stream(), 0L) > position.sequence();
  }

  /** With an event accounted for, whatever comes of it. */
  public Updated hear(EventRef event) {
    return with(heard.with(event));
  }

  /** With another memory of events. */
  public Updated with(Heard newHeard) {
    return new Updated(revision, values, newHeard);
  }

  /** With the end of a stream known. */
  public Updated ended(Position marker) {
    return new Updated(revision, values, heard.ended(marker));
  }

  /** With a newer value. */
  public Updated with(String input, String text, @Nullable Position position) {
    Latest before = values.get(input);
    SortedMap<String, Long> newest =
        before == null ? new TreeMap<>() : new TreeMap<>(before.newest());
    if (position != null) {
      newest.put(position.stream(), position.sequence());
    }
    SortedMap<String, Latest> next = new TreeMap<>(values);
    next.put(input, new Latest(text, newest));
    return new Updated(revision + 1, next, heard);
  }

  /** Without a stream whose emitter is gone, so that nothing of it can come any more. */
  public Updated forgetting(String stream) {
    SortedMap<String, Latest> rest = new TreeMap<>(values);
    rest.replaceAll((input, latest) -> latest.forgetting(stream));
    return new Updated(revision, rest, heard.forgetting(stream));
  }

  /** The values alone, by input. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    values.forEach((input, latest) -> texts.put(input, latest.text()));
    return texts;
  }
}
