package dev.tiphys.sidecars.watch;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.tiphys.triggers.name.ResourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which Triggers are needed no longer: those of a plan that is not the one which was
 * applied last for its workflow, and that no run goes by any more.
 *
 * <p>One step after another, since Knative overlooks one of two changes that come at once: it can
 * leave the subscriber of a deleted Trigger in its channel. Each event would then be tried there a
 * thousand times; so a Trigger is first left without retries. And an event of before the new plan
 * may still begin a run, which has them back.
 */
final class SupersededPlans {
  /** An event that begins a run, and is under way when a plan is applied, comes in less. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private SupersededPlans() {}

  /** What is to be done with one of them. */
  sealed interface Step {
    record Retire(PlanRoute route) implements Step {}

    record Restore(PlanRoute route) implements Step {}

    record Delete(PlanRoute route) implements Step {}
  }

  /** What is to be done next; empty where nothing is superseded, or has to wait. */
  static Optional<Step> next(
      Collection<PlanRoute> routes, Collection<WatchedRun> runs, Instant now) {
    Set<String> used =
        runs.stream()
            .filter(run -> run.stage() != WatchedRun.Stage.COMPLETE)
            .map(run -> ResourceName.of(run.plan()))
            .collect(toSet());
    Map<String, String> appliedLast = appliedLast(routes);
    return routes.stream()
        .flatMap(route -> step(route, needed(route, appliedLast, used), now))
        .min(Comparator.comparing(SupersededPlans::urgency));
  }

  private static int urgency(Step step) {
    return switch (step) {
      case Step.Restore _ -> 0;
      case Step.Retire _ -> 1;
      case Step.Delete _ -> 2;
    };
  }

  /** Whether any of them is on its way out. */
  static boolean pending(Collection<PlanRoute> routes) {
    return routes.stream().anyMatch(route -> route.retiredAt() != null);
  }

  private static boolean needed(
      PlanRoute route, Map<String, String> appliedLast, Set<String> used) {
    String last = appliedLast.get(route.workflow());
    return last == null || last.equals(route.plan()) || used.contains(route.plan());
  }

  private static Map<String, String> appliedLast(Collection<PlanRoute> routes) {
    return routes.stream()
        .filter(PlanRoute::begins)
        .collect(toMap(PlanRoute::workflow, PlanRoute::plan, (one, other) -> one));
  }

  private static Stream<Step> step(PlanRoute route, boolean needed, Instant now) {
    Instant retiredAt = route.retiredAt();
    if (retiredAt == null) {
      return needed ? Stream.empty() : Stream.of(new Step.Retire(route));
    }
    if (needed) {
      return Stream.of(new Step.Restore(route));
    }
    return now.isBefore(retiredAt.plus(GRACE)) ? Stream.empty() : Stream.of(new Step.Delete(route));
  }
}
