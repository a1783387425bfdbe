package dev.tiphys.sidecars.contract;

import java.time.Duration;

/**
 * Bounds of a publisher.
 *
 * @param queuedEvents how many events wait at most; then the reader is slowed
 * @param queuedBytes how much data waits at most; one event larger than that waits alone
 * @param window how many events may be unacknowledged at a time; 1 keeps the order of the stream
 * @param settle wait between the last acknowledgement and the end-of-stream marker, for brokers
 *     that keep no order
 * @param firstBackoff wait before the first retry; it doubles from retry to retry
 * @param maxBackoff longest wait between two tries
 * @param closeTimeout how long closing waits for acknowledgements
 */
public record Limits(
    int queuedEvents,
    long queuedBytes,
    int window,
    Duration settle,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration closeTimeout) {
  /** What holds where nothing else is said. */
  public static final Limits DEFAULT =
      new Limits(
          1_000,
          4L << 20,
          1,
          Duration.ZERO,
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  /** Widest window: as many connections are opened to the sink. */
  public static final int MAX_WINDOW = 256;

  public Limits {
    if (queuedEvents < 1 || queuedBytes < 1 || window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("a bound out of range");
    }
  }

  /** The same with another window. */
  public Limits withWindow(int other) {
    return new Limits(
        queuedEvents, queuedBytes, other, settle, firstBackoff, maxBackoff, closeTimeout);
  }

  /** The same with another settling time. */
  public Limits withSettle(Duration other) {
    return new Limits(
        queuedEvents, queuedBytes, window, other, firstBackoff, maxBackoff, closeTimeout);
  }
}
