package dev.tiphys.cli.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT and SIGTERM while a run is live: the first asks it to end well, the second ends it at
 * once. What the JVM would do by itself leaves no room for the former.
 */
public final class Interrupts implements AutoCloseable {
  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";

  private final AtomicInteger count = new AtomicInteger();
  private final Runnable first;
  private final Runnable second;
  private final @Nullable Object beforeInterrupt;
  private final @Nullable Object beforeTerminate;

  /** Listens until it is closed. */
  public Interrupts(Runnable first, Runnable second) {
    this.first = first;
    this.second = second;
    this.beforeInterrupt = Signals.register(INTERRUPT, this::signalled);
    this.beforeTerminate = Signals.register(TERMINATE, this::signalled);
  }

  private void signalled() {
    if (count.getAndIncrement() == 0) {
      first.run();
    } else {
      second.run();
    }
  }

  @Override
  public void close() {
    Signals.unregister(INTERRUPT, beforeInterrupt);
    Signals.unregister(TERMINATE, beforeTerminate);
  }
}
