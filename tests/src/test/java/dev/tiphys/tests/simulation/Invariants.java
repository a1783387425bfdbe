package dev.tiphys.tests.simulation;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import io.cloudevents.CloudEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold after every step of a simulation, and at its end. */
final class Invariants {
  /** Of one event, in these workflows. */
  private static final int LISTENERS_MAX = 4;

  private final Set<String> ended = new HashSet<>();
  private final Set<String> created = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private final Set<String> succeeded = new HashSet<>();
  private int seen;

  void verify(Simulation simulation) {
    require(simulation.ledger().broken().isEmpty(), "%s", simulation.ledger().broken());
    oneInstancePerEvent(simulation);
    for (Run run : simulation.runs()) {
      List<Instance> instances = simulation.cluster().all(run.name());
      limitsAreKept(simulation.plan(run), instances);
      whatHasEndedStaysEnded(instances);
      valuesNeverGoBack(run, instances);
      memoryIsBounded(simulation, run);
      succeedsOnlyWhenAllIsHeard(simulation, run);
    }
    earlyStopsCount(simulation);
  }

  void verifyEnd(Simulation simulation) {
    require(
        simulation.runs().size() == simulation.scenario().plans().size(),
        "not all runs have begun");
    for (Run run : simulation.runs()) {
      List<Instance> instances = simulation.cluster().all(run.name());
      require(run.phase().complete(), "the run is over, but is %s", run);
      require(instances.stream().allMatch(i -> i.state().terminal()), "nothing runs any more");
      failsIfAndOnlyIfAnInstanceFailed(simulation, run, instances);
      everyEventOfATaskHasAnOutcome(simulation, run);
      theSumBalances(simulation, run);
      theFatesBalance(simulation, run);
      if (run.phase() == Phase.SUCCEEDED) {
        oldInstancesAreFolded(instances);
        everyGatheredEventIsInOneResult(simulation, run);
        require(
            simulation.cluster().lost(run.name()) == 0,
            "a success, though events are lost: %s",
            run);
      }
    }
    everyEventFromOutsideWasAnswered(simulation);
  }

  /** Whoever knows more than is allowed has taken events that it had to refuse. */
  private static void memoryIsBounded(Simulation simulation, Run run) {
    int object =
        Stream.of(
                run.nodes().values().stream()
                    .flatMap(n -> n instanceof Node.Armed a ? Stream.of(a.heard()) : null),
                run.unheard().values().stream(),
                run.stops().values().stream())
            .flatMap(heard -> heard)
            .mapToInt(heard -> heard.outside().size())
            .sum();
    // half of them goes at a time, one event may be heard by several, and what is folded comes at
    // once
    int most = 2 * Limits.objectMax() + LISTENERS_MAX + simulation.cluster().created().size();
    require(object <= most, "remembers %d events in its object, and %d are enough", object, most);
    require(run.memory().parts().size() <= Limits.partsMax(), "too many parts: %s", run.memory());
  }

  private void succeedsOnlyWhenAllIsHeard(Simulation simulation, Run run) {
    if (run.phase() != Phase.SUCCEEDED || !succeeded.add(run.name())) {
      return;
    }
    for (CloudEvent event : simulation.published().all()) {
      StreamSource source = StreamSource.parse(event.getSource().toString()).orElseThrow();
      require(
          !source.run().equals(run.name()) || simulation.ledger().settled(run, event),
          "has succeeded without %s",
          event);
    }
  }

  /** The first node of a task that was stopped before is stopped from the beginning. */
  private static void earlyStopsCount(Simulation simulation) {
    for (Stops.Stopped stop : simulation.ledger().earlyStops()) {
      Run run = simulation.run(stop.run());
      List<Node> nodes =
          run.nodes().values().stream().filter(n -> n.template().equals(stop.task())).toList();
      boolean counts =
          nodes.isEmpty()
              ? run.earlyStops().containsKey(stop.task())
              : nodes.stream()
                  .anyMatch(
                      node ->
                          switch (node) {
                            case Node.Armed armed -> armed.closed();
                            case Node.Task task ->
                                task.stopRequested() || task.phase() == Phase.SKIPPED;
                            case Node.Scope scope -> false;
                          });
      require(counts || run.phase().complete(), "has forgotten %s", stop);
    }
  }

  private static void oldInstancesAreFolded(List<Instance> instances) {
    Map<String, Integer> kept = new HashMap<>();
    instances.forEach(i -> kept.merge(i.identity().node(), 1, Integer::sum));
    kept.forEach(
        (node, count) ->
            // one that its scope has started is not folded
            require(count <= Limits.keptMax() + 2, "%s keeps %d instances", node, count));
  }

  private static void everyEventOfATaskHasAnOutcome(Simulation simulation, Run run) {
    for (CloudEvent event : simulation.published().all()) {
      require(
          !StreamSource.parse(event.getSource().toString()).orElseThrow().run().equals(run.name())
              || simulation.ledger().settled(run, event),
          "no trace of %s",
          event);
    }
  }

  /** What the run says of itself is what was written for each event. */
  private static void theSumBalances(Simulation simulation, Run run) {
    for (Template template : simulation.plan(run).templates().values()) {
      if (template instanceof TaskTemplate task && task.eventStarted() && !task.gathers()) {
        Tally told =
            Objects.requireNonNull(simulation.summary(run).tasks().get(task.name())).tally();
        int sum = told.succeeded() + told.failed() + told.stopped() + Counted.skipped(told);
        int outcomes = simulation.ledger().outcomes(run.name(), task.name());
        require(sum == outcomes, "%s: %d outcomes, and told is %s", task.name(), outcomes, told);
      }
    }
  }

  /** And so are the fates. */
  private static void theFatesBalance(Simulation simulation, Run run) {
    RuleIndex rules = new RuleIndex(simulation.plan(run));
    Fates told = simulation.summary(run).fates();
    for (Rule rule : simulation.plan(run).rules()) {
      if (rule instanceof Rule.Start start
          && !simulation
              .plan(run)
              .task(rules.steps().step(start.scope(), start.step()).step().template())
              .gathers()) {
        String listener = Listener.start(start.scope(), start.step());
        int sum =
            Arrays.stream(Fate.values())
                .filter(Fate::taken)
                .mapToInt(fate -> told.of(listener, fate))
                .sum();
        int taken = simulation.ledger().taken(run.name(), listener);
        require(sum == taken, "%s has taken %d events, and told is %s", listener, taken, told);
      }
    }
  }

  private static void everyEventFromOutsideWasAnswered(Simulation simulation) {
    for (CloudEvent event : simulation.accepted().all()) {
      for (Plan plan : simulation.scenario().plans()) {
        for (Rule rule : new RuleIndex(plan).firedBy(event, Rule.class)) {
          Reaction reaction =
              switch (rule) {
                case Rule.Begin begin -> Reaction.BEGIN;
                case Rule.Start start -> Reaction.START;
                case Rule.Stop stop -> Reaction.STOP;
                case Rule.Update update -> Reaction.UPDATE;
              };
          require(simulation.ledger().answered(reaction, event), "nobody has answered %s", event);
        }
      }
    }
  }

  /** Of joins and tumbling windows; of sliding ones in one at least. */
  private static void everyGatheredEventIsInOneResult(Simulation simulation, Run run) {
    for (Template template : simulation.plan(run).templates().values()) {
      if (template instanceof TaskTemplate task && task.gathers()) {
        Gatherings.verify(simulation, run, task);
      }
    }
  }

  /** Names derive from events, so an instance that is created twice is the same event's twice. */
  private void oneInstancePerEvent(Simulation simulation) {
    List<InstanceSpec> all = simulation.cluster().created();
    for (; seen < all.size(); seen++) {
      Instance.Identity identity = all.get(seen).identity();
      String cause = identity.cause() == null ? "" : identity.cause().key().toString();
      require(created.add(identity.run() + identity.node() + cause), "created twice: %s", identity);
    }
  }

  private static void limitsAreKept(Plan plan, List<Instance> instances) {
    Map<String, Integer> active = new HashMap<>();
    for (Instance instance : instances) {
      if (instance.state().active()) {
        active.merge(instance.identity().node(), 1, Integer::sum);
      }
    }
    Integer ofRun = plan.parallelism();
    int sum = active.values().stream().mapToInt(Integer::intValue).sum();
    require(ofRun == null || sum <= ofRun, "more than %s of the run", String.valueOf(ofRun));
    for (Instance instance : instances) {
      TaskTemplate task = plan.task(instance.identity().task());
      int limit = task.eventStarted() ? task.limit() : 1;
      require(
          active.getOrDefault(instance.identity().node(), 0) <= limit,
          "more than %d of %s",
          limit,
          task.name());
    }
  }

  private void whatHasEndedStaysEnded(List<Instance> instances) {
    for (Instance instance : instances) {
      if (instance.state().terminal()) {
        ended.add(instance.name());
      } else {
        require(!ended.contains(instance.name()), "has come back: %s", instance);
      }
    }
  }

  private void valuesNeverGoBack(Run run, List<Instance> instances) {
    run.updated()
        .forEach(
            (task, updated) ->
                updated
                    .values()
                    .forEach(
                        (input, latest) ->
                            latest
                                .newest()
                                .forEach(
                                    (stream, number) -> {
                                      Long before =
                                          newest.put(run.name() + task + input + stream, number);
                                      require(
                                          before == null || before <= number,
                                          "an older value of %s counts",
                                          stream);
                                    })));
    for (Instance instance : instances) {
      Long before = revisions.put(instance.name(), instance.revision());
      require(
          (before == null || before <= instance.revision())
              && instance.revision() <= run.updated(instance.identity().task()).revision(),
          "has another value than the run: %s",
          instance);
    }
  }

  private static void failsIfAndOnlyIfAnInstanceFailed(
      Simulation simulation, Run run, List<Instance> instances) {
    if (simulation.plan(run).templates().values().stream().anyMatch(Invariants::mayFail)) {
      return;
    }
    boolean failed = instances.stream().anyMatch(i -> i.state() == State.FAILED);
    Summary summary = simulation.summary(run);
    boolean otherwise =
        simulation.scenario().podsGo() > 0 || simulation.scenario().patience() != null;
    require(
        failed == (summary.phase() == Phase.FAILED) || (otherwise && !failed),
        "failed: %s, but %s",
        failed,
        summary);
  }

  private static boolean mayFail(Template template) {
    return template instanceof StepsTemplate steps
        && steps.groups().stream().flatMap(List::stream).anyMatch(Step::continueOnFailed);
  }

  /**
   * @param message is only made where it is told
   */
  @FormatMethod
  static void require(boolean holds, @FormatString String message, Object... values) {
    if (!holds) {
      throw new AssertionError(message.formatted(values));
    }
  }
}
