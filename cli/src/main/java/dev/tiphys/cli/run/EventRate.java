package dev.tiphys.cli.run;

import java.time.Duration;

/** How many events a second there are, from totals that are read now and then. */
final class EventRate {
  private static final long PERIOD = Duration.ofSeconds(1).toNanos();

  private boolean begun;
  private long since;
  private long before;
  private long perSecond;

  /** The rate over the last full second or so. */
  long observe(long total, long nanoTime) {
    if (!begun) {
      begun = true;
      since = nanoTime;
      before = total;
    } else if (nanoTime - since >= PERIOD) {
      perSecond = Math.round((total - before) * (double) PERIOD / (nanoTime - since));
      since = nanoTime;
      before = total;
    }
    return perSecond;
  }
}
