package dev.tiphys.sidecars.publish;

import dev.tiphys.sidecars.contract.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue between the reader and the network. Its numbers are the places in the input, so
 * a restarted sidecar that reads the same gives the same numbers; what a stop throws away is always
 * the queue's tail, so the numbers that were taken have no gap.
 */
final class Outbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Deque<Entry> queue = new ArrayDeque<>();
  private final Limits limits;
  private long bytes;
  private long taken;
  private long discarded;
  private boolean discarding;
  private boolean ended;

  /**
   * @param taken how many events of the stream were taken in an earlier life of the sidecar
   */
  Outbox(Limits limits, long taken) {
    this.limits = limits;
    this.taken = taken;
  }

  /** An emission, and when it was made. */
  record Entry(Emission emission, Instant time) {}

  /** An entry with its number in the stream, from 1. */
  record Numbered(long number, Entry entry) {}

  /** How a stream ended: the number of its last event, and how many more there would have been. */
  record Tally(long last, long discarded) {}

  /** Waits for room; after {@link #discard} or {@link #end} it only counts. */
  void put(Entry entry) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (open() && full(entry.emission())) {
        room.await();
      }
      if (!open()) {
        discarded++;
        return;
      }
      queue.add(entry);
      bytes += entry.emission().size();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it would be put without waiting. */
  boolean fits(Emission emission) {
    lock.lock();
    try {
      return !open() || !full(emission);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next; empty once the stream has ended and nothing is left. */
  Optional<Numbered> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !ended) {
        work.await();
      }
      Entry entry = queue.poll();
      if (entry == null) {
        return Optional.empty();
      }
      bytes -= entry.emission().size();
      room.signal();
      return Optional.of(new Numbered(++taken, entry));
    } finally {
      lock.unlock();
    }
  }

  /** Throws away what waits and what is still to come. */
  void discard() {
    lock.lock();
    try {
      discarding = true;
      discarded += queue.size();
      queue.clear();
      bytes = 0;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more comes. */
  void end() {
    lock.lock();
    try {
      ended = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Tally tally() {
    lock.lock();
    try {
      return new Tally(taken, discarded);
    } finally {
      lock.unlock();
    }
  }

  private boolean open() {
    return !discarding && !ended;
  }

  private boolean full(Emission emission) {
    return queue.size() >= limits.queuedEvents()
        || (!queue.isEmpty() && bytes + emission.size() > limits.queuedBytes());
  }
}
