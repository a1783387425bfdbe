package dev.tiphys.sidecars.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Time and chance.
 *
 * @param random may be called by several threads
 */
public record Surroundings(InstantSource clock, RandomGenerator random, Pause pause) {
  /** The real ones. */
  public static Surroundings real() {
    return new Surroundings(
        InstantSource.system(), () -> ThreadLocalRandom.current().nextLong(), Thread::sleep);
  }

  /** Lets time go by. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }
}
