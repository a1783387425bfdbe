package dev.tiphys.sidecars.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which runs are to be woken: each when its time has come, and again while that helped nothing. */
final class Alarms {
  /** The function's clock may be behind, or what woke it got lost. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Map<String, Rung> rung = new HashMap<>();

  private record Rung(Instant wakeAt, Instant at) {}

  /** Has those that are due told. */
  void ring(Collection<WatchedRun> runs, Instant now, Outlet outlet) {
    rung.keySet().retainAll(runs.stream().map(WatchedRun::name).toList());
    for (WatchedRun run : runs) {
      Instant wakeAt = run.wakeAt();
      if (run.active() && wakeAt != null && !wakeAt.isAfter(now) && isNew(run, wakeAt, now)) {
        if (outlet.offer(run, Hint.due(run, wakeAt))) {
          rung.put(run.name(), new Rung(wakeAt, now));
        }
      }
    }
  }

  private boolean isNew(WatchedRun run, Instant wakeAt, Instant now) {
    Rung last = rung.get(run.name());
    return last == null || !last.wakeAt().equals(wakeAt) || !last.at().plus(AGAIN).isAfter(now);
  }
}
