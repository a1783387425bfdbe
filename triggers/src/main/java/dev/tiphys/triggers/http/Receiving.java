package dev.tiphys.triggers.http;

import java.io.InterruptedIOException;
import java.util.LinkedHashSet;

/**
 * The threads whose requests have not come whole. Above the bound, the one that has waited longest
 * is cut off: a client that sends its request at once finds room, however many others never end.
 */
final class Receiving {
  private final int max;

  /** The longest first. */
  private final LinkedHashSet<Thread> threads = new LinkedHashSet<>();

  /**
   * Nothing is received yet.
   *
   * @param max threads at once
   */
  Receiving(int max) {
    this.max = max;
  }

  /**
   * This thread reads a request. When it is cut off, it is interrupted, which closes its socket.
   */
  synchronized void begin() {
    threads.add(Thread.currentThread());
    if (threads.size() > max) {
      threads.removeFirst().interrupt();
    }
  }

  /**
   * The request of this thread is whole; from here on nothing cuts it off.
   *
   * @throws InterruptedIOException if it has been cut off
   */
  synchronized void whole() throws InterruptedIOException {
    if (!threads.remove(Thread.currentThread())) {
      throw new InterruptedIOException("too many requests were being received");
    }
  }

  /** This thread reads no more, be the request whole or not. */
  synchronized void end() {
    threads.remove(Thread.currentThread());
  }
}
