package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How instances fared.
 *
 * @param started how many ever ran
 * @param stopped how many were stopped, running or, where an event was to start them, before they
 *     ever ran
 * @param skipped how many events started none
 * @param reasons why those did not: what is skipped, by reason
 */
public record Tally(
    int started,
    int succeeded,
    int failed,
    int stopped,
    int skipped,
    SortedMap<SkipReason, Integer> reasons) {
  /** Nothing yet. */
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

  public Tally {
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
  }

  /** Where nothing was skipped, or nobody has said why. */
  public Tally(int started, int succeeded, int failed, int stopped, int skipped) {
    this(started, succeeded, failed, stopped, skipped, Collections.emptySortedMap());
  }

  /** The sum of both. */
  public Tally plus(Tally other) {
    TreeMap<SkipReason, Integer> sum = new TreeMap<>(reasons);
    other.reasons.forEach((reason, count) -> sum.merge(reason, count, Integer::sum));
    return new Tally(
        started + other.started,
        succeeded + other.succeeded,
        failed + other.failed,
        stopped + other.stopped,
        skipped + other.skipped,
        sum);
  }

  /** With one more event that started nothing. */
  public Tally skip(SkipReason reason) {
    return skip(1, reason);
  }

  /** With so many more events, or sets of them, that started nothing. */
  public Tally skip(int events, SkipReason reason) {
    return plus(new Tally(0, 0, 0, 0, events, new TreeMap<>(Map.of(reason, events))));
  }

  /** With one more event that came after the stop of what it would have started. */
  public Tally stop() {
    return stop(1);
  }

  /** With so many more events, or sets of them, that were stopped before they started anything. */
  public Tally stop(int events) {
    return plus(new Tally(0, 0, 0, events, 0));
  }

  /** With an instance as it is now. */
  public Tally with(Instance instance) {
    return plus(
        new Tally(
            instance.started() ? 1 : 0,
            instance.state() == Instance.State.SUCCEEDED ? 1 : 0,
            instance.state() == Instance.State.FAILED ? 1 : 0,
            instance.state() == Instance.State.STOPPED && counts(instance) ? 1 : 0,
            0));
  }

  /** A step that never began has no fate; an event that was to start something has. */
  private static boolean counts(Instance stopped) {
    return stopped.started() || stopped.identity().cause() != null;
  }
}
