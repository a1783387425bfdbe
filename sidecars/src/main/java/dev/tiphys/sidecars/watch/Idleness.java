package dev.tiphys.sidecars.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;

/** When there is nothing to watch. */
final class Idleness {
  /** {@code begin} takes less; what has not been begun by then waits for a repeat of its event. */
  private static final Duration BEGIN_LIMIT = Duration.ofMinutes(1);

  private Idleness() {}

  /**
   * Whether nobody needs a watcher.
   *
   * @param held whether our finalizer is left on a pod
   */
  static boolean of(Collection<WatchedRun> runs, boolean held, InstantSource clock) {
    Instant now = clock.instant();
    return !held && runs.stream().noneMatch(run -> needs(run, now));
  }

  private static boolean needs(WatchedRun run, Instant now) {
    return switch (run.stage()) {
      case UNBEGUN -> run.made().plus(BEGIN_LIMIT).isAfter(now);
      case ACTIVE -> true;
      case COMPLETE -> false;
    };
  }
}
