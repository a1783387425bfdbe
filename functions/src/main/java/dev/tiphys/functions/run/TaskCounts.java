package dev.tiphys.functions.run;

/**
 * How a task's instances fare.
 *
 * @param tally those that ran, ended, or were never started
 * @param active how many run or are about to
 * @param gated how many wait for their gate
 * @param waiting how many events wait for others, in joins and windows
 */
public record TaskCounts(Tally tally, int active, int gated, int waiting) {
  /** Nothing yet. */
  public static final TaskCounts ZERO = new TaskCounts(Tally.ZERO, 0, 0);

  /** Where no event waits. */
  public TaskCounts(Tally tally, int active, int gated) {
    this(tally, active, gated, 0);
  }

  /** What is recorded at an armed step. */
  public static TaskCounts recorded(Node.Armed armed) {
    return new TaskCounts(armed.tally(), 0, 0, armed.sets().waiting());
  }

  TaskCounts plus(TaskCounts other) {
    return new TaskCounts(
        tally.plus(other.tally),
        active + other.active,
        gated + other.gated,
        waiting + other.waiting);
  }
}
