package dev.tiphys.functions.shell;

import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.port.Unavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that runs count refused events also when no other event of theirs comes. */
final class RefusedCounting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RefusedCounting.class);

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Reactions reactions;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("refused").factory());

  private RefusedCounting(Reactions reactions) {
    this.reactions = reactions;
  }

  static RefusedCounting begin(Reactions reactions) {
    RefusedCounting counting = new RefusedCounting(reactions);
    long period = PERIOD.toSeconds();
    Future<?> _ =
        counting.timer.scheduleWithFixedDelay(
            () -> counting.count(false), period, period, TimeUnit.SECONDS);
    return counting;
  }

  private void count(boolean all) {
    try {
      reactions.countRefused(all);
    } catch (Unavailable e) {
      log.debug("refused events are counted later", e);
    } catch (RuntimeException e) {
      log.error("refused events cannot be counted", e);
    }
  }

  /** Counts all that is left. */
  @Override
  public void close() {
    timer.shutdownNow();
    count(true);
  }
}
