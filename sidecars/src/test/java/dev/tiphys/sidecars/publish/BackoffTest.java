package dev.tiphys.sidecars.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration MAX = Duration.ofSeconds(5);

  @Property
  void waitsBetweenHalfAndAllOfADoublingTimeUpToTheLongest(
      @ForAll @IntRange(min = 1, max = 1_000) int retry, @ForAll long seed) {
    // Given
    Backoff backoff = new Backoff(FIRST, MAX, new Random(seed));
    // When
    Duration wait = backoff.before(retry);
    // Then
    Duration whole = retry <= 7 ? FIRST.multipliedBy(1L << (retry - 1)) : MAX;
    assertThat(wait).isBetween(whole.dividedBy(2), whole);
  }
}
