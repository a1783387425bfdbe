package dev.tiphys.cli.run.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Looks at first for what killed sessions have left, and now and then for processes that have
 * outlived their instance: a look at all processes of the machine takes milliseconds, too many for
 * each of hundreds of instances that end in a second.
 */
final class Sweeper implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final StrayProcesses strays;
  private final Predicate<String> ended;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final Thread thread = Thread.ofVirtual().name("sweeper").unstarted(this::loop);

  /**
   * @param ended whether the instance of that name has ended
   */
  Sweeper(StrayProcesses strays, Predicate<String> ended) {
    this.strays = strays;
    this.ended = ended;
  }

  void start() {
    thread.start();
  }

  /** An instance has ended: the next look is worth its while. */
  void instanceEnded() {
    wanted.set(true);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void loop() {
    try {
      StrayProcesses.killOrphans();
      while (true) {
        Thread.sleep(PERIOD);
        if (wanted.getAndSet(false)) {
          strays.kill(ended);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
