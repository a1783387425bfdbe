package dev.tiphys.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code --output json} prints of a run, on a line; a public format, so names and types stay.
 *
 * @param run its name; empty: none has begun
 * @param phase Argo's: {@code Succeeded}, {@code Failed} or {@code Error}, {@code Running} where it
 *     goes on, {@code Pending} where it has not begun
 * @param tasks by template
 * @param missed events that were taken, and that nobody was there for
 * @param events by type: the run's own, and from outside while it was active
 * @param seconds how long the run took
 * @param dropped the command's, whatever the run
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunReport(
    String run,
    String phase,
    String message,
    // for maps the mapper's own rule would win over the record's
    @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Tally> tasks,
    Missed missed,
    @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Long> events,
    double seconds,
    Dropped dropped) {

  /**
   * Events that nobody was told of.
   *
   * @param unsigned how many claimed to come from the run's tasks and did not
   * @param loops how many were answers to each other without end
   * @param undelivered how many deliveries had not ended in time
   * @param unusable how many could not be used, by {@code TYPE: REASON}
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Dropped(
      long unsigned,
      long loops,
      long undelivered,
      @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Long> unusable) {}

  /** What became of the instances, without those that still run. */
  public static SortedMap<String, Tally> tallies(SortedMap<String, TaskCounts> counts) {
    SortedMap<String, Tally> tallies = new TreeMap<>();
    counts.forEach((template, count) -> tallies.put(template, count.tally()));
    return tallies;
  }
}
