package dev.tiphys.cli.run.process;

import java.time.Duration;
import java.util.Optional;

/** Lets an instance fail that is active for too long, as the kubelet does with a pod. */
final class Deadline implements AutoCloseable {
  private final Thread clock;

  private Deadline(Thread clock) {
    this.clock = clock;
  }

  /**
   * Begins to count.
   *
   * @param limit empty: the instance may take as long as it likes
   */
  static Deadline of(LocalInstance instance, Optional<Duration> limit, Duration grace) {
    return new Deadline(
        Thread.startVirtualThread(() -> limit.ifPresent(time -> expire(instance, time, grace))));
  }

  private static void expire(LocalInstance instance, Duration limit, Duration grace) {
    try {
      Thread.sleep(limit);
      instance.expire(
          "DeadlineExceeded: it was active for longer than %d s".formatted(limit.toSeconds()),
          grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The instance has ended. */
  @Override
  public void close() {
    clock.interrupt();
  }
}
