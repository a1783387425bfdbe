package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waiting for what a cluster does in its own time. */
final class Wait {
  static final Duration LONG = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(250);

  private Wait() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, LONG, condition, () -> "");
  }

  static void until(
      String what, Duration limit, Callable<Boolean> condition, Supplier<Object> otherwise)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + limit + ": " + what + " " + otherwise.get());
      }
      Thread.sleep(POLL);
    }
  }
}
