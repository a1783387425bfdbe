package dev.tiphys.functions.port;

import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The signing keys of runs. All derive from one root key; on a cluster it is a Secret that only the
 * functions and the run watcher may read.
 */
public interface Keys {
  /** Makes sure that what is said of a run, which exists, can be signed. */
  void create(String run);

  /** What the run's digests of events are made with; the same each time. */
  String digestKey(String run);

  /**
   * The run's keys; empty if no run of that name is known here. On a cluster a run is known when it
   * was read once.
   */
  Optional<RunKeys> of(String run);

  /**
   * The same, of the root key as it was at that time or later: it may have got another version.
   *
   * @throws Unavailable if it was read too short a time ago to be read again
   */
  default Optional<RunKeys> asOf(String run, Instant since) {
    return of(run);
  }

  /**
   * Whether a run's keys vouch for an event. They are read anew if they do not know its signature.
   *
   * @param since when the event was seen first
   * @throws Unavailable if that cannot be told now
   */
  default boolean vouchFor(CloudEvent event, String workflow, String run, Supplier<Instant> since) {
    Optional<RunKeys> known = of(run);
    Optional<RunKeys> its =
        known.filter(keys -> !keys.know(event)).isPresent() ? asOf(run, since.get()) : known;
    return its.filter(keys -> keys.vouchFor(event, workflow, run)).isPresent();
  }
}
