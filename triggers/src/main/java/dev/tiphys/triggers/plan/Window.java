package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/**
 * Which events together start one instance. Tumbling where {@code every} is the size: each event
 * counts in one window. Sliding where it is less: windows overlap.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Window.Count.class, name = "count"),
  @JsonSubTypes.Type(value = Window.Time.class, name = "time")
})
public sealed interface Window {
  /**
   * So many events.
   *
   * @param size events of a window
   * @param every how many of them the next window is without; at most the size
   */
  record Count(int size, int every) implements Window {}

  /**
   * Those of some time, from the first one on, by the clock of whoever takes them.
   *
   * @param sizeMillis how long a window is open
   * @param everyMillis how much later the next one begins; at most the size
   */
  record Time(long sizeMillis, long everyMillis) implements Window {
    /** How long a window is open. */
    public Duration size() {
      return Duration.ofMillis(sizeMillis);
    }

    /** How much later the next one begins. */
    public Duration every() {
      return Duration.ofMillis(everyMillis);
    }
  }
}
