package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.TaskCounts;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * A run as it is to be shown.
 *
 * @param steps its tree, in order, parents before children
 * @param tasks counts by template
 * @param fates what became of events at those who listen to them
 * @param events by type
 */
public record RunView(
    String run,
    Phase phase,
    String message,
    Duration elapsed,
    List<StepView> steps,
    SortedMap<String, TaskCounts> tasks,
    Fates fates,
    List<EventCount> events) {
  /** Events that nobody was there for. */
  public Missed missed() {
    return Missed.of(fates);
  }

  /**
   * A step of the run's tree.
   *
   * @param depth 0 for the root
   * @param last whether it is the last of its siblings
   * @param counts of the step's own instances; nothing for a scope
   * @param waits for what an instance of it waits that does not begin; empty for nothing
   */
  public record StepView(
      String name,
      int depth,
      boolean last,
      Phase phase,
      boolean scope,
      TaskCounts counts,
      String waits) {}
}
