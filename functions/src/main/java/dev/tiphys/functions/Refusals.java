package dev.tiphys.functions;

import dev.tiphys.functions.Decision.Fated;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refused events that their runs have yet to count. However many there are, they alone have a run
 * written once a minute at most: the first at once, those that follow when the minute is over or
 * the run is written anyway.
 */
final class Refusals {
  /** How long a run is not written for them again. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** Runs that are told apart; those of further ones are counted with their next write. */
  private static final int RUNS_MAX = 10_000;

  private final Map<String, Waiting> waiting = new HashMap<>();

  private static final class Waiting {
    private final Map<Fated, Integer> counts = new HashMap<>();
    private Instant due = Instant.MIN;
  }

  /** Some were refused. */
  synchronized void add(String run, Collection<Fated> fates) {
    List<Fated> refused = fates.stream().filter(Fated::uncounted).toList();
    if (!refused.isEmpty() && (waiting.containsKey(run) || waiting.size() < RUNS_MAX)) {
      Waiting its = waiting.computeIfAbsent(run, name -> new Waiting());
      refused.forEach(fated -> its.counts.merge(fated, 1, Integer::sum));
    }
  }

  /** Whether the run is to be written for them alone. */
  synchronized boolean due(String run, Instant now) {
    Waiting its = waiting.get(run);
    return its != null && !its.counts.isEmpty() && !now.isBefore(its.due);
  }

  /** Takes those of the run, which is about to be written. */
  synchronized Map<Fated, Integer> take(String run, Instant now) {
    Waiting its = waiting.get(run);
    if (its == null || its.counts.isEmpty()) {
      return Map.of();
    }
    Map<Fated, Integer> taken = Map.copyOf(its.counts);
    its.counts.clear();
    its.due = now.plus(PAUSE);
    return taken;
  }

  /** The run was not written after all. */
  synchronized void giveBack(String run, Map<Fated, Integer> taken) {
    Waiting its = waiting.get(run);
    if (its != null && !taken.isEmpty()) {
      taken.forEach((fated, count) -> its.counts.merge(fated, count, Integer::sum));
      its.due = Instant.MIN;
    }
  }

  /**
   * Runs that are due to be written; those of which none wait are forgotten when their pause is
   * over.
   *
   * @param all whether each is due of which some wait
   */
  synchronized List<String> waiting(boolean all, Instant now) {
    waiting.values().removeIf(its -> its.counts.isEmpty() && !now.isBefore(its.due));
    if (all) {
      waiting.values().forEach(its -> its.due = Instant.MIN);
    }
    return waiting.keySet().stream().filter(run -> due(run, now)).toList();
  }

  /** The run is gone. */
  synchronized void forget(String run) {
    waiting.remove(run);
  }

  /** The run with them counted. */
  static Run counted(Run run, Map<Fated, Integer> refused) {
    Run next = run;
    for (Map.Entry<Fated, Integer> entry : refused.entrySet()) {
      Fated fated = entry.getKey();
      int count = entry.getValue();
      next = next.withFates(next.fates().with(fated.listener(), fated.fate(), count));
      next = skipped(next, fated, count);
    }
    return next;
  }

  private static Run skipped(Run run, Fated fated, int count) {
    Optional<SkipReason> reason =
        Arrays.stream(SkipReason.values()).filter(it -> it.fate() == fated.fate()).findFirst();
    return reason.isPresent() && run.nodes().get(fated.path()) instanceof Node.Armed node
        ? run.with(fated.path(), node.with(node.heard(), node.tally().skip(count, reason.get())))
        : run;
  }
}
