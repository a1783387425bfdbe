package dev.tiphys.cli.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Waits until what a broker has taken has come to its end. */
final class Drain {
  /** How long that may take. A delivery that fails so long is not waited for. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(5);

  private Drain() {}

  /**
   * Waits, but no longer than the limit.
   *
   * @param underWay how much has not come to its end
   * @return how much had not by then
   */
  static long await(LongSupplier underWay, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long left = underWay.getAsLong();
    while (left > 0 && System.nanoTime() < end) {
      Thread.sleep(POLL);
      left = underWay.getAsLong();
    }
    return left;
  }
}
