package dev.tiphys.functions;

import dev.tiphys.functions.run.Run;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lets those who have to do with one run go one after another, in this process. */
final class Turns {
  /** Runs whose names fall on the same lock wait for each other, which does no harm. */
  private static final int LOCKS = 64;

  private final List<Lock> locks =
      Stream.generate(() -> (Lock) new ReentrantLock(true)).limit(LOCKS).toList();

  /**
   * Works on the run when its turn has come.
   *
   * @param again gives the run as it is now: who had to wait may have an old one
   */
  <T> T take(Run run, UnaryOperator<Run> again, Function<Run, T> work) {
    Lock lock = locks.get(Math.floorMod(run.name().hashCode(), LOCKS));
    boolean atOnce = lock.tryLock();
    if (!atOnce) {
      lock.lock();
    }
    try {
      return work.apply(atOnce ? run : again.apply(run));
    } finally {
      lock.unlock();
    }
  }
}
