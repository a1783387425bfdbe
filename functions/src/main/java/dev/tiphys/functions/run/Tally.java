package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;

/**
 * How instances fared.
 *
 * @param started how many ever ran
 * @param stopped how many were stopped, running or before they ever ran
 * @param skipped how many events started none: condition false, or forbidden by concurrencyPolicy
 */
public record Tally(int started, int succeeded, int failed, int stopped, int skipped) {
  /** Nothing yet. */
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

  /** The sum of both. */
  public Tally plus(Tally other) {
    return new Tally(
        started + other.started,
        succeeded + other.succeeded,
        failed + other.failed,
        stopped + other.stopped,
        skipped + other.skipped);
  }

  /** With one more event that started nothing. */
  public Tally skip() {
    return skip(1);
  }

  /** With so many more events, or sets of them, that started nothing. */
  public Tally skip(int events) {
    return plus(new Tally(0, 0, 0, 0, events));
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
            instance.state() == Instance.State.STOPPED ? 1 : 0,
            0));
  }
}
