package dev.tiphys.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets each cause be logged once a minute, so that a stranger cannot fill a log. */
final class LogLimit {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Causes are made of names in plans, so there are few; beyond it all count as one. */
  private static final int CAUSES_MAX = 1_000;

  private static final String OTHERS = "";

  private final InstantSource clock;
  private final Map<String, Instant> logged = new ConcurrentHashMap<>();

  LogLimit(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether the cause was not logged within the last minute; it counts as logged now. */
  boolean admits(String cause) {
    String key = logged.size() < CAUSES_MAX || logged.containsKey(cause) ? cause : OTHERS;
    Instant now = clock.instant();
    AtomicBoolean admitted = new AtomicBoolean();
    logged.compute(
        key,
        (name, before) -> {
          admitted.set(before == null || !now.isBefore(before.plus(PERIOD)));
          return admitted.get() ? now : before;
        });
    return admitted.get();
  }
}
