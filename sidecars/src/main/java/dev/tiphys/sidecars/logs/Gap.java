package dev.tiphys.sidecars.logs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.publish.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a log that nobody can read any more. How many lines were in it nobody knows: its size
 * is a time.
 *
 * @param after when the last record before it was written; null if there was none
 * @param before when the first one after it was; null if there is none
 */
record Gap(@Nullable Instant after, @Nullable Instant before) {

  /** As an event tells it: {@code {"gap": {"after", "before", "milliseconds"}, "stream"}}. */
  Emission emission(String stream) {
    return Emission.of(new Told(new Extent(text(after), text(before), milliseconds()), stream));
  }

  private @Nullable Long milliseconds() {
    return after == null || before == null ? null : Duration.between(after, before).toMillis();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return Optional.ofNullable(time).map(Instant::toString).orElse(null);
  }

  private record Told(Extent gap, String stream) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Extent(
      @Nullable String after, @Nullable String before, @Nullable Long milliseconds) {}
}
