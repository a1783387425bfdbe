package dev.tiphys.functions;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many events had which outcome, since the functions were started. */
public final class Counters {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

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

  /** Why an event from outside was refused, whose like are welcome. */
  public enum Refusal {
    /** It was to begin a run with a parameter that only those may set who can create one. */
    PARAMETER,
    /** It was to begin a run, and as many as events may have begun are active. */
    TOO_MANY_RUNS,
    /** It would start or update something in a run, and none is active. */
    NO_RUN;

    /** As metrics name it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Counters() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
    for (Refusal refusal : Refusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    adder(counts, outcome).increment();
  }

  void count(Refusal refusal) {
    adder(refusals, refusal).increment();
  }

  /** How many there were. */
  public long of(Outcome outcome) {
    return adder(counts, outcome).sum();
  }

  /** How many were refused for that. */
  public long of(Refusal refusal) {
    return adder(refusals, refusal).sum();
  }

  private static <K> LongAdder adder(Map<K, LongAdder> adders, K what) {
    LongAdder adder = adders.get(what);
    if (adder == null) {
      throw new IllegalStateException("everything has a counter: " + what);
    }
    return adder;
  }
}
