package dev.tiphys.triggers.delivery;

import java.time.Duration;

/**
 * Where a broker's work runs. The broker never blocks but in a Subscriber, so a single thread with
 * a virtual clock can drive it as well as the real one can.
 */
public interface Scheduler {
  /** Runs the task soon, on a thread that it may block; never within this call. */
  void run(Runnable task);

  /** Runs the task after the wait, likewise. */
  void runAfter(Duration wait, Runnable task);
}
