package dev.tiphys.cli.run;

import dev.tiphys.cli.run.process.ProcessInstances;
import dev.tiphys.cli.run.view.RunTree;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The runs that have begun here as they are to be shown; for one caller alone. */
final class LocalViews {
  private final Plan plan;
  private final BegunRuns begun;
  private final Runs runs;
  private final ProcessInstances instances;
  private final UserEvents events;
  private final InstantSource clock;

  /**
   * Of runs that have ended and whose instances have: there may be many, and they are as they are.
   */
  private final Map<String, RunView> settled = new ConcurrentHashMap<>();

  LocalViews(
      Plan plan,
      BegunRuns begun,
      Runs runs,
      ProcessInstances instances,
      UserEvents events,
      InstantSource clock) {
    this.plan = plan;
    this.begun = begun;
    this.runs = runs;
    this.instances = instances;
    this.events = events;
    this.clock = clock;
  }

  /** All of them, in the order in which they began. */
  List<RunView> all() {
    return begun.names().stream().flatMap(this::of).toList();
  }

  /** Looks at all of them anew: what has ended may have published its last events since. */
  void refresh() {
    settled.clear();
  }

  private Stream<RunView> of(String name) {
    RunView known = settled.get(name);
    return known == null ? runs.find(name).map(this::of).stream() : Stream.of(known);
  }

  private RunView of(Run run) {
    List<Instance> observed = instances.of(run.name());
    Summary summary = Summary.of(plan, run, observed);
    Optional<Instant> ended = begun.ended(run.name());
    RunView view =
        new RunView(
            run.name(),
            summary.phase(),
            summary.message(),
            Duration.between(run.startedAt(), ended.orElseGet(clock::instant)),
            RunTree.of(run, observed),
            summary.tasks(),
            summary.fates(),
            events.observe(run.name(), System.nanoTime()));
    if (ended.isPresent()
        && run.phase().complete()
        && observed.stream().allMatch(instance -> instance.state().terminal())) {
      settled.put(run.name(), view);
    }
    return view;
  }
}
