package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;

/**
 * Between those who see changes and the one who tells of them: {@link Settling} for two threads.
 * Nobody who sees is ever held up by who tells.
 */
final class Changes {
  /**
   * More paths than these are refused, as all are kept in mind; one that has changed counts twice.
   */
  static final int MAX_PATHS = 400_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Settling settling;
  private boolean scanning;
  private boolean ended;

  /**
   * @param settleNanos how long a path has to be left alone
   */
  Changes(NavigableMap<String, Told> told, long settleNanos) {
    this.settling = new Settling(told, settleNanos);
  }

  /**
   * Takes note of what was seen.
   *
   * @param change is given the time as well
   */
  void note(ObjLongConsumer<Settling> change) throws IOException {
    lock.lock();
    try {
      change.accept(settling, System.nanoTime());
      if (settling.size() > MAX_PATHS) {
        throw new IOException("more than " + MAX_PATHS + " paths: watch fewer files");
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins or ends a scan of all. While it is going on nothing is told: a file may be seen under
   * its new name last.
   */
  void scanning(boolean begins) {
    lock.lock();
    try {
      scanning = begins;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing will change any more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a path that is to be looked at; empty once all have ended and nothing is left. */
  Optional<Unsettled> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Optional<Long> due = scanning ? Optional.empty() : settling.nextDue();
        if (due.isEmpty() && ended) {
          return Optional.empty();
        }
        long wait = due.map(time -> time - System.nanoTime()).orElse(Long.MAX_VALUE);
        if (due.isPresent() && (ended || wait <= 0)) {
          return Optional.of(settling.take());
        }
        boolean _ = changed.await(wait, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What has become of the path that was taken. */
  Decision decide(Unsettled taken, Optional<FileState> now, Settling.Look look) throws IOException {
    lock.lock();
    try {
      return settling.decide(taken, now.orElse(null), look, System.nanoTime(), ended);
    } finally {
      lock.unlock();
    }
  }

  /** It was done. */
  void done(Decision decision) {
    lock.lock();
    try {
      settling.apply(decision);
    } finally {
      lock.unlock();
    }
  }
}
