package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tiphys.triggers.event.ObjectField;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What passes a networkproxy, and what becomes of it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Proxied.Requests.class, name = "requests"),
  @JsonSubTypes.Type(value = Proxied.Events.class, name = "events")
})
public sealed interface Proxied {
  /**
   * HTTP exchanges: each that matches and is sampled becomes an event.
   *
   * @param upstream the server behind a reverse proxy; null: a forward proxy, whose requests name
   *     theirs
   * @param body which bodies the event holds
   * @param bodyLimit bytes of a body that it holds at most
   * @param headers names of those that it holds, in lower case
   */
  record Requests(
      @Nullable URI upstream,
      Match match,
      Sample sample,
      Body body,
      int bodyLimit,
      SortedSet<String> headers)
      implements Proxied {
    public Requests {
      headers = Collections.unmodifiableSortedSet(new TreeSet<>(headers));
    }
  }

  /**
   * Which exchanges count.
   *
   * @param methods in upper case; none: all
   * @param path a regular expression for the whole path, without query; null: all
   * @param statuses none: all, those without an answer too
   */
  record Match(SortedSet<String> methods, @Nullable String path, List<Statuses> statuses) {
    public Match {
      methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
      statuses = List.copyOf(statuses);
    }

    /** Every exchange. */
    public static Match all() {
      return new Match(Collections.emptySortedSet(), null, List.of());
    }
  }

  /** From and to belong to it. */
  record Statuses(int from, int to) {
    public boolean contains(int status) {
      return from <= status && status <= to;
    }
  }

  /** Evenly {@code of} out of {@code every} exchanges, both from 1. */
  record Sample(int of, int every) {
    /** Every exchange. */
    public static final Sample ALL = new Sample(1, 1);

    /** Whether the exchange of that number, from 1, is among them. */
    public boolean takes(long number) {
      return number % every * of % every < of;
    }
  }

  /** Bodies that an event holds. */
  enum Body {
    @JsonProperty("none")
    NONE(false, false),
    @JsonProperty("request")
    REQUEST(true, false),
    @JsonProperty("response")
    RESPONSE(false, true),
    @JsonProperty("both")
    BOTH(true, true);

    private final boolean request;
    private final boolean response;

    Body(boolean request, boolean response) {
      this.request = request;
      this.response = response;
    }

    public boolean ofRequest() {
      return request;
    }

    public boolean ofResponse() {
      return response;
    }
  }

  /**
   * Events of other sidecars of the same task, whose {@code sink} the proxy is.
   *
   * @param sidecars their names
   * @param filter all of them have to hold
   * @param aggregate null: each event that passes the filter goes on with its data
   */
  record Events(SortedSet<String> sidecars, List<Field> filter, @Nullable Aggregate aggregate)
      implements Proxied {
    public Events {
      sidecars = Collections.unmodifiableSortedSet(new TreeSet<>(sidecars));
      filter = List.copyOf(filter);
    }

    /** Whether the event passes the filter. */
    public boolean admits(CloudEvent event) {
      return filter.stream().allMatch(field -> field.holds(event));
    }
  }

  /** A condition on a field of an event's data, or else on an attribute. */
  record Field(ObjectField field, Operator operator, String value) {
    /**
     * As {@code when} has it, both sides without quotes. False for an event that lacks the field,
     * and for one whose field has no order with the value.
     */
    public boolean holds(CloudEvent event) {
      return field
          .valueIn(event)
          .flatMap(found -> operator.holds(Value.bare(found), Value.bare(value)))
          .orElse(false);
    }
  }

  /**
   * What one event says of many.
   *
   * @param field of the events; null for a function that needs none
   * @param key the field by which they are told apart; null: all are one
   */
  record Aggregate(
      Function function, @Nullable ObjectField field, @Nullable ObjectField key, Window window) {}

  /** How many values become one. */
  enum Function {
    @JsonProperty("count")
    COUNT,
    @JsonProperty("sum")
    SUM,
    @JsonProperty("min")
    MIN,
    @JsonProperty("max")
    MAX,
    @JsonProperty("last")
    LAST
  }

  /** Which events of a key go together: it opens with the first one, and the next one follows. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Count.class, name = "count"),
    @JsonSubTypes.Type(value = Time.class, name = "time")
  })
  sealed interface Window {}

  /** So many, or fewer at the end. */
  record Count(int events) implements Window {}

  /** Those that come within so many seconds. */
  record Time(int seconds) implements Window {}
}
