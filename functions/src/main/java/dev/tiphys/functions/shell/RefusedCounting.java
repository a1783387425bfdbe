package dev.tiphys.functions.shell;

import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.delivery.Scheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that runs count refused events also when no other event of theirs comes. */
record RefusedCounting(Reactions reactions, Scheduler scheduler) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RefusedCounting.class);

  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Counts from time to time, as long as the scheduler runs anything. */
  void begin() {
    scheduler.runAfter(
        PERIOD,
        () -> {
          count(false);
          begin();
        });
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
    count(true);
  }
}
