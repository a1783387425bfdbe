package dev.tiphys.sidecars.publish;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential waits with jitter: between half and all of {@code first * 2^(retry - 1)}, and never
 * more than {@code max}.
 */
record Backoff(Duration first, Duration max, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 30;

  /** The wait before a retry, from 1. */
  Duration before(int retry) {
    Duration grown = first.multipliedBy(1L << Math.min(retry - 1, MAX_DOUBLINGS));
    long nanos = (grown.compareTo(max) < 0 ? grown : max).toNanos();
    return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
  }
}
