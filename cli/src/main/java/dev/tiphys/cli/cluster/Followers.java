package dev.tiphys.cli.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Threads that each follow something of their own. */
final class Followers implements AutoCloseable {
  /** The last lines of a container come a moment after its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  /** Begins to follow it, unless that is done already. */
  void add(String name, Runnable following) {
    threads.computeIfAbsent(name, it -> Thread.ofVirtual().name(it).start(following));
  }

  /** Waits until all have come to their ends by themselves, but not for long. */
  void await() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Thread thread : threads.values()) {
      thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  @Override
  public void close() {
    threads.values().forEach(Thread::interrupt);
  }
}
