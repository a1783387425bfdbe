package dev.tiphys.functions;

import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Events whose signature did not hold, by all that they say: each is looked into once, however
 * often it comes.
 */
final class Forgeries {
  /** How many are remembered; the oldest are forgotten first. */
  static final int MAX = 10_000;

  /** How long one is remembered. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

  Forgeries(InstantSource clock) {
    this.clock = clock;
  }

  private record Seen(Instant first, boolean forged) {}

  /** Whether the event was found to be forged. */
  synchronized boolean known(CloudEvent event) {
    forget();
    Seen before = seen.get(Signature.fingerprint(event));
    return before != null && before.forged();
  }

  /** It is forged. */
  synchronized void add(CloudEvent event) {
    put(event, new Seen(clock.instant(), true));
  }

  /** When the event, of which nobody can say yet whether it is, came first: now or before. */
  synchronized Instant firstSeen(CloudEvent event) {
    Seen before = seen.get(Signature.fingerprint(event));
    if (before != null) {
      return before.first();
    }
    Seen now = new Seen(clock.instant(), false);
    put(event, now);
    return now.first();
  }

  private void put(CloudEvent event, Seen what) {
    seen.putLast(Signature.fingerprint(event), what);
    if (seen.size() > MAX) {
      seen.pollFirstEntry();
    }
  }

  private void forget() {
    Instant oldest = clock.instant().minus(KEPT);
    Map.Entry<String, Seen> first = seen.firstEntry();
    while (first != null && first.getValue().first().isBefore(oldest)) {
      seen.pollFirstEntry();
      first = seen.firstEntry();
    }
  }
}
