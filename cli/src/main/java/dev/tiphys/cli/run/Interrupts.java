package dev.tiphys.cli.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM and SIGHUP while a run is live: the first asks it to end well, the second ends it
 * at once. What the JVM would do by itself leaves no room for the former.
 */
public final class Interrupts implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final AtomicInteger count = new AtomicInteger();
  private final Runnable first;
  private final Runnable second;

  /** What was there before, as JLine gives it out; null for none. */
  private final Map<String, @Nullable Object> before = new HashMap<>();

  /** Listens until it is closed. A signal that was ignored before, as by nohup, stays so. */
  public Interrupts(Runnable first, Runnable second) {
    this.first = first;
    this.second = second;
    SIGNALS.forEach(signal -> before.put(signal, Signals.register(signal, this::signalled)));
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
    SIGNALS.forEach(signal -> Signals.unregister(signal, before.get(signal)));
  }
}
