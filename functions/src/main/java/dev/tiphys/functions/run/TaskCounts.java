package dev.tiphys.functions.run;

/**
 * How a task's instances fare.
 *
 * @param tally those that ran, ended, or were never started
 * @param active how many run or are about to
 * @param gated how many wait for their gate
 */
public record TaskCounts(Tally tally, int active, int gated) {
  /** Nothing yet. */
  public static final TaskCounts ZERO = new TaskCounts(Tally.ZERO, 0, 0);

  TaskCounts plus(TaskCounts other) {
    return new TaskCounts(tally.plus(other.tally), active + other.active, gated + other.gated);
  }
}
