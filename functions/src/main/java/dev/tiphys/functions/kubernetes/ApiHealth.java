package dev.tiphys.functions.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the API server answers; asks it at most once a second, however often that is asked. */
final class ApiHealth implements BooleanSupplier {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(ApiHealth.class);

  private final Runnable ask;
  private final LongSupplier nanoTime;
  private final Semaphore asking = new Semaphore(1);
  private volatile Answered last;

  private record Answered(boolean well, long at) {}

  /**
   * @param ask throws if the API server does not answer
   */
  ApiHealth(Runnable ask, LongSupplier nanoTime) {
    this.ask = ask;
    this.nanoTime = nanoTime;
    this.last = new Answered(false, nanoTime.getAsLong() - FRESH.toNanos());
  }

  static ApiHealth of(KubernetesClient client) {
    return new ApiHealth(() -> client.raw("/readyz"), System::nanoTime);
  }

  @Override
  public boolean getAsBoolean() {
    boolean stale = nanoTime.getAsLong() - last.at() >= FRESH.toNanos();
    // who comes while somebody asks has no reason to ask as well
    if (stale && asking.tryAcquire()) {
      try {
        last = new Answered(answers(), nanoTime.getAsLong());
      } finally {
        asking.release();
      }
    }
    return last.well();
  }

  private boolean answers() {
    try {
      ask.run();
      return true;
    } catch (RuntimeException e) {
      log.warn("the API server does not answer: {}", e.getMessage());
      return false;
    }
  }
}
