package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs that have begun in this process, whatever began them. All is over when one has begun,
 * the one that a person asks for among them, and each that has begun has ended. An event that was
 * taken before may then still begin another; once this is closed, none does.
 */
final class BegunRuns {
  private final InstantSource clock;

  /** When each ended, in the order in which they began; empty: it is active. */
  private final SequencedMap<String, Optional<Instant>> runs = new LinkedHashMap<>();

  private boolean asking;
  private @Nullable String asked;
  private @Nullable String rejection;
  private boolean interrupted;
  private boolean closed;

  /**
   * @param asking whether a person is about to ask for one
   */
  BegunRuns(InstantSource clock, boolean asking) {
    this.clock = clock;
    this.asking = asking;
  }

  /** The name of the run that a person asks for. */
  synchronized void ask(String name) {
    asked = name;
  }

  /** Whether the run that a person asks for has yet to begin. */
  synchronized boolean asking() {
    return asking;
  }

  /**
   * Waits until the run that a person asks for has begun, or it is known that it will not, but no
   * longer than the limit.
   */
  synchronized void awaitAsked(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos();
        asking && !interrupted && !closed && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /**
   * Stores a run that begins, and tells of it.
   *
   * @throws Refused if none may begin any more
   */
  synchronized <T> T begin(Supplier<T> stored) {
    if (closed) {
      throw new Refused("no run begins any more: the command ends");
    }
    return stored.get();
  }

  /** A run is there, or has changed. */
  synchronized void stored(Run run) {
    runs.putIfAbsent(run.name(), Optional.empty());
    if (run.phase().complete()) {
      runs.computeIfPresent(
          run.name(), (name, ended) -> ended.or(() -> Optional.of(clock.instant())));
    }
    if (run.name().equals(asked)) {
      asking = false;
    }
    notifyAll();
  }

  /** The run that a person asks for will never begin. */
  synchronized void rejected(String reason) {
    asking = false;
    rejection = reason;
    notifyAll();
  }

  /** Why the run that a person asked for has not begun. */
  synchronized Optional<String> rejection() {
    return Optional.ofNullable(rejection);
  }

  /** Somebody wants no more of them. */
  synchronized void interrupt() {
    interrupted = true;
    notifyAll();
  }

  synchronized boolean interrupted() {
    return interrupted;
  }

  /** Whether all is over, for now. */
  synchronized boolean over() {
    return !asking && (rejection != null || !runs.isEmpty()) && active().isEmpty();
  }

  /** Whether nothing from outside is to be taken: all is over, or is being brought to its end. */
  synchronized boolean unreceptive() {
    return closed || over();
  }

  /**
   * Waits until all is over, somebody wants no more of it, or the time is up.
   *
   * @param limit null: there is none
   * @return whether it is over
   */
  synchronized boolean awaitOver(@Nullable Duration limit) throws InterruptedException {
    long end = System.nanoTime() + (limit == null ? 0 : limit.toNanos());
    while (!over() && !interrupted) {
      long left = end - System.nanoTime();
      if (limit == null) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        return false;
      }
    }
    return over();
  }

  /** Lets none begin any more, if all is over; else nothing. */
  synchronized boolean closeIfOver() {
    closed = closed || over();
    return over();
  }

  /** Lets none begin any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Those that have not ended. */
  synchronized List<String> active() {
    return runs.entrySet().stream()
        .filter(run -> run.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All, in the order in which they began. */
  synchronized List<String> names() {
    return List.copyOf(runs.sequencedKeySet());
  }

  /** When that one ended; empty: it has not. */
  synchronized Optional<Instant> ended(String name) {
    return runs.getOrDefault(name, Optional.empty());
  }
}
