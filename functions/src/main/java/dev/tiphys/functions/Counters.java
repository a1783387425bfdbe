package dev.tiphys.functions;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many events had which outcome, since the functions were started. */
public final class Counters {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  /** What became of an event. */
  public enum Outcome {
    /** Taken: it had its effect, or needed none. */
    ACCEPTED,
    /** Not now; it was asked to come again. */
    DEFERRED,
    /** Cannot be used; to the dead-letter sink. */
    REJECTED,
    /** Asked for what only people with rights may; to the dead-letter sink. */
    FORBIDDEN,
    /** Came after what it was for was over; to the dead-letter sink. */
    LATE,
    /** Claimed to come from a run's own tasks and was not signed by the run. */
    UNSIGNED
  }

  public Counters() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    adder(outcome).increment();
  }

  /** How many there were. */
  public long of(Outcome outcome) {
    return adder(outcome).sum();
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = counts.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("every outcome has a counter: " + outcome);
    }
    return adder;
  }
}
