package dev.tiphys.functions.run;

import java.time.Duration;
import java.time.Instant;

/**
 * A step that only events from outside start, and that is complete if none comes for a while: where
 * nobody can tell what a broker has taken and not delivered yet, this is how long it is waited for.
 *
 * @param since when nothing was left to be done; what is sent later comes too late
 * @param until when the step is complete, if nothing comes before
 */
public record Settling(Instant since, Instant until) {
  /** From now on. */
  public static Settling begin(Instant now, Duration quiet) {
    return new Settling(now, now.plus(quiet));
  }

  /** Something has come. */
  public Settling after(Instant last, Duration quiet) {
    Instant later = last.plus(quiet);
    return later.isAfter(until) ? new Settling(since, later) : this;
  }
}
