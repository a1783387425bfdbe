package dev.tiphys.functions;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets those who have to do with one run go one after another, in this process. */
final class Turns {
  /** Runs whose names fall on the same lock wait for each other, which does no harm. */
  private static final int LOCKS = 64;

  private final List<Lock> locks =
      Stream.generate(() -> (Lock) new ReentrantLock(true)).limit(LOCKS).toList();

  /** Works when the turn of the run of that name has come. */
  <T> T take(String run, Supplier<T> work) {
    Lock lock = locks.get(Math.floorMod(run.hashCode(), LOCKS));
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
