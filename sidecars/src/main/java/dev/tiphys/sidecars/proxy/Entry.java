package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a proxy, as its journal keeps it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Observed.class, name = "observed"),
  @JsonSubTypes.Type(value = Entry.Taken.class, name = "taken"),
  @JsonSubTypes.Type(value = Entry.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Entry.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = Entry.Acknowledged.class, name = "acknowledged"),
  @JsonSubTypes.Type(value = Entry.Stopped.class, name = "stopped")
})
sealed interface Entry {
  /** An exchange has passed; its event's data. */
  record Observed(String data) implements Entry {}

  /**
   * An event has come.
   *
   * @param contribution null: it counts for nothing, as one that the filter keeps back
   */
  record Taken(String stream, long number, Instant at, @Nullable Contribution contribution)
      implements Entry {}

  /** A stream has ended with the event of that number. */
  record Ended(String stream, long last) implements Entry {}

  /** It is so late. */
  record Expired(Instant at) implements Entry {}

  /** The sink has the results up to that number. */
  record Acknowledged(long number) implements Entry {}

  /** The task is being stopped, and no more is wanted. */
  record Stopped() implements Entry {}

  /**
   * What an event adds to its window.
   *
   * @param value text of its field; where nothing is aggregated its whole data
   * @param time when it was made
   */
  record Contribution(String key, String value, Instant time) {}
}
