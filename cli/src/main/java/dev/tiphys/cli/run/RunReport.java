package dev.tiphys.cli.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import java.util.List;
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
 * @param fates what became of events, by who listens to them
 * @param events by type: the run's own, and from outside while it was active
 * @param seconds how long the run took
 * @param dropped the command's, whatever the run
 * @param accounts the command's, whatever the run
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunReport(
    String run,
    String phase,
    String message,
    // for maps the mapper's own rule would win over the record's
    @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Tally> tasks,
    Missed missed,
    Fates fates,
    @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Long> events,
    double seconds,
    Dropped dropped,
    Accounts accounts) {

  /**
   * What a broker has taken, and what of that is accounted for.
   *
   * @param taken events that their senders were told are taken; not those of Tiphys itself
   * @param accounted those whose every listener has told what became of them
   * @param duplicates how often a listener met an event again
   * @param unheard those that nobody listens to, by type
   * @param inNoRun those that no run has counted, by type: they are dead letters, since none was
   *     active when they reached it
   * @param lost what does not add up, in words; empty: all does
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Accounts(
      long taken,
      long accounted,
      long duplicates,
      @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Long> unheard,
      @JsonInclude(JsonInclude.Include.ALWAYS) SortedMap<String, Long> inNoRun,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<String> lost) {
    /** Those of nobody. */
    public static final Accounts NONE =
        new Accounts(0, 0, 0, new TreeMap<>(), new TreeMap<>(), List.of());

    /** Whether all that was taken is accounted for. */
    @JsonIgnore
    public boolean balanced() {
      return taken == accounted && lost.isEmpty();
    }
  }

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
