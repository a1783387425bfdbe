package dev.tiphys.sidecars.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the watcher to sleep when nothing has been to watch for a while. {@code begin} makes the
 * run first and wakes the watcher then, so whoever reads the Deployment's version, sees no run, and
 * scales that version, has overlooked none.
 */
final class Sleep {
  private static final Logger LOG = LoggerFactory.getLogger(Sleep.class);

  private final Replicas replicas;
  private final Duration after;
  private @Nullable Instant since;

  Sleep(Replicas replicas, Duration after) {
    this.replicas = replicas;
    this.after = after;
  }

  /**
   * Looks whether it is time.
   *
   * @param idle whether nothing that was seen has to be watched
   */
  void look(boolean idle, Instant now) {
    if (!idle) {
      since = null;
      return;
    }
    if (since == null) {
      since = now;
    }
    if (!now.isBefore(since.plus(after))) {
      since = null;
      fallAsleep();
    }
  }

  private void fallAsleep() {
    Optional<String> version = replicas.version();
    if (version.isEmpty() || replicas.needed()) {
      return;
    }
    LOG.info(
        replicas.toZero(version.get())
            ? "nothing is left to watch: scaled to zero"
            : "woken up while falling asleep");
  }
}
