package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;

/**
 * Between those who see changes and the one who tells of them: {@link Settling} for two threads.
 * Nobody who sees is ever held up by who tells.
 */
final class Changes {
  /** More files than these are refused, as all are kept in mind. */
  static final int MAX_FILES = 200_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Settling settling;
  private boolean ended;

  /**
   * @param settleNanos how long a path has to be left alone
   */
  Changes(TreeMap<String, Told> told, long settleNanos) {
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
      if (settling.size() > 2 * MAX_FILES) {
        throw new IOException("more than " + MAX_FILES + " files are watched: name fewer of them");
      }
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
        Optional<Long> due = settling.nextDue();
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
  Decision decide(Unsettled taken, Optional<FileState> now, Settling.Look look)
      throws IOException {
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
