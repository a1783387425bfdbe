package dev.tiphys.sidecars.publish;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Conditions {
  private static final long POLL_NANOS = 1_000_000;

  private Conditions() {}

  /** Fails when the condition does not come true before the deadline. */
  public static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(Fixtures.DEADLINE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("it did not come true");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
