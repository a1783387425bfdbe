package dev.tiphys.tests.simulation;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.Work;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each event at each of its listeners, kept from what is written while the event is
 * delivered, and not from what the run says of itself. Each listener has one outcome for it,
 * however often it comes; what a function says it has done is done.
 */
final class Ledger {
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;
  private static final int UNPROCESSABLE = 422;

  private final Map<String, Plan> plans;
  private final Map<String, RuleIndex> rules;
  private final InstantSource clock;
  private final Function<String, Optional<Run>> runs;
  private final Function<String, List<Instance>> instances;
  private final Predicate<String> cutOff;
  private final Deque<Delivery> underWay = new ArrayDeque<>();
  private final Map<Listening, Integer> outcomes = new HashMap<>();
  private final Map<String, Integer> perTask = new HashMap<>();
  private final Map<String, Instant> gathered = new HashMap<>();
  private final Map<EventKey, Set<ClosedSet>> closed = new HashMap<>();
  private final Set<Concluded> concluded = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Map<String, Integer> ownLate = new HashMap<>();
  private final Map<String, Integer> perListener = new HashMap<>();
  private final Set<Concluded> answered = new HashSet<>();
  private final Stops stops = new Stops();
  private final Set<String> begun = new LinkedHashSet<>();
  private String broken = "";

  /** A function at work on an event. */
  private record Delivery(
      Reaction reaction,
      CloudEvent event,
      Set<String> active,
      Set<String> live,
      Instant begin,
      long number) {
    EventKey key() {
      return EventKey.of(event);
    }
  }

  /** An event at one of the steps that it may start. */
  private record Listening(String run, String scope, String step, EventKey event) {
    String listener() {
      return run + " " + Listener.start(scope, step);
    }
  }

  /** That a function has given an event its last answer for a run. */
  private record Concluded(String run, Reaction reaction, EventKey event) {}

  /** A set that an event has completed. */
  private record ClosedSet(String run, String path, long number) {
    boolean isOf(Instance instance) {
      Instance.Cause cause = instance.identity().cause();
      return instance.identity().node().equals(path)
          && cause != null
          && cause.position() != null
          && cause.position().sequence() == number;
    }
  }

  Ledger(
      List<Plan> plans,
      InstantSource clock,
      Function<String, Optional<Run>> runs,
      Function<String, List<Instance>> instances,
      Predicate<String> cutOff) {
    this.cutOff = cutOff;
    this.plans = plans.stream().collect(Collectors.toMap(Plan::id, plan -> plan));
    this.rules = plans.stream().collect(Collectors.toMap(Plan::id, RuleIndex::new));
    this.clock = clock;
    this.runs = runs;
    this.instances = instances;
  }

  /** What does not hold; empty while all does. A broker would swallow what is thrown. */
  String broken() {
    return broken;
  }

  /** How many outcomes events have had at the steps of a task, other than unheard. */
  int outcomes(String run, String task) {
    return perTask.getOrDefault(run + "/" + task, 0);
  }

  /** How many events have had an outcome at a listener, but for those of tasks that came late. */
  int taken(String run, String listener) {
    String name = run + " " + listener;
    return perListener.getOrDefault(name, 0) - ownLate.getOrDefault(name, 0);
  }

  /** When a step that gathers took the event; empty if it never did. */
  Optional<Instant> gathered(String path, EventKey event) {
    return Optional.ofNullable(gathered.get(path + "/" + event));
  }

  /** Whether the event has an outcome at each step of the run that it fires. */
  boolean settled(Run run, CloudEvent event) {
    return ofCutOff(event) || starts(run, event).allMatch(rule -> outcome(run, rule, event) == 1);
  }

  /** Whether the function has said its last word on the event. */
  boolean answered(Reaction reaction, CloudEvent event) {
    return answered.contains(new Concluded("", reaction, EventKey.of(event)));
  }

  /** Stops of tasks that had no node yet. */
  List<Stops.Stopped> earlyStops() {
    return stops.early();
  }

  Subscriber watching(Reaction reaction, Subscriber subscriber) {
    return event -> {
      Delivery delivery =
          new Delivery(reaction, event, active(), live(), clock.instant(), stops.next());
      underWay.push(delivery);
      Response response;
      try {
        response = subscriber.deliver(event);
      } finally {
        underWay.pop();
      }
      if (response.success()
          || Set.of(FORBIDDEN, GONE, UNPROCESSABLE).contains(response.status())) {
        conclude(delivery, response);
      }
      return response;
    };
  }

  /** The store itself, behind all faults. */
  Runs watching(Runs store) {
    return new ForwardingRuns(store) {
      @Override
      public Creation create(Run run) {
        Creation creation = super.create(run);
        begun.add(run.name());
        return creation;
      }

      @Override
      public boolean replace(Run run, Summary summary) {
        Run before = find(run.name()).orElseThrow();
        boolean replaced = super.replace(run, summary);
        if (replaced && !underWay.isEmpty()) {
          written(underWay.getFirst(), before, run);
        }
        return replaced;
      }
    };
  }

  void created(InstanceSpec spec) {
    Instance.Identity its = spec.identity();
    Run run = runs.apply(its.run()).orElseThrow();
    Plan plan = plan(run);
    require(
        image(plan, its.task()).equals(spec.launch().image()),
        "of another version than its run: " + its);
    Instance.Cause cause = its.cause();
    Delivery delivery = underWay.getFirst();
    if (cause == null || delivery.reaction() != Reaction.START) {
      return;
    }
    if (plan.task(its.task()).gathers()) {
      return;
    }
    require(cause.key().equals(delivery.key()), "of another event: " + its);
    require(
        several(run, its.task())
            || stops.allow(its.run(), its.task(), cause.time(), delivery.number()),
        "started by an event of before a stop: " + its);
    if (plan.task(its.task()).concurrencyPolicy() == ConcurrencyPolicy.REPLACE) {
      newerThanBefore(its.node(), cause);
    }
    Node.Armed node = run.armed(its.node());
    count(
        new Listening(its.run(), run.scope(node.scope()).template(), node.step(), delivery.key()));
    perTask.merge(its.run() + "/" + its.task(), 1, Integer::sum);
  }

  /** What comes late must not replace what is newer. */
  private void newerThanBefore(String path, Instance.Cause cause) {
    Position position = cause.position();
    if (position != null) {
      Long before = newest.put(path + position.stream(), position.sequence());
      require(
          before == null || before < position.sequence(),
          "an older event replaces a newer one's instance: " + cause);
    }
  }

  private static String image(Plan plan, String task) {
    return switch (plan.task(task).work()) {
      case Work.Container container -> container.image();
      case Work.Script script -> script.image();
    };
  }

  private void written(Delivery delivery, Run before, Run after) {
    if (concluded.contains(new Concluded(after.name(), delivery.reaction(), delivery.key()))) {
      require(
          delivery.reaction() == Reaction.ADVANCE || Counted.of(before).equals(Counted.of(after)),
          "counts again: "
              + delivery.event()
              + "\n"
              + Counted.of(before)
              + "\n"
              + Counted.of(after));
    }
    require(Stops.goOn(before, after), "takes back what was stopped: " + delivery.event());
    switch (delivery.reaction()) {
      case START -> started(delivery, before, after);
      case STOP -> stopped(delivery, before, after);
      case BEGIN, UPDATE, ADVANCE -> {}
    }
  }

  private void started(Delivery delivery, Run before, Run after) {
    CloudEvent event = delivery.event();
    EventRef ref = ref(after, event);
    if (!plans.containsKey(after.plan()) || Position.endsStream(event)) {
      return;
    }
    starts(after, event)
        .forEach(
            rule -> {
              int tallied = 0;
              for (Map.Entry<String, Node.Armed> entry : nodes(before, rule).entrySet()) {
                Node.Armed armed = entry.getValue();
                Node.Armed now = after.armed(entry.getKey());
                tallied += Counted.skipped(now.tally()) - Counted.skipped(armed.tally());
                int stopped = now.tally().stopped() - armed.tally().stopped();
                tallied += stopped;
                require(
                    stopped == 0
                        || several(after, armed.template())
                        || stops.cover(after.name(), armed.template(), event.getTime()),
                    "counted as stopped, by no stop: " + event);
                if (tallied != 0) {
                  perTask.merge(after.name() + "/" + armed.template(), tallied, Integer::sum);
                }
              }
              String name = rule.scope() + "/" + rule.step();
              boolean unheard =
                  !heard(before.unheard().get(name), ref) && heard(after.unheard().get(name), ref);
              if (unheard) {
                String listener = Listener.start(rule.scope(), rule.step());
                boolean taken = missed(after, listener) > missed(before, listener);
                require(
                    taken || ref instanceof EventRef.Numbered, "neither late nor early: " + event);
                if (!taken) {
                  ownLate.merge(listening(after, rule, event).listener(), 1, Integer::sum);
                }
                require(
                    ref instanceof EventRef.Outside
                        || ofCutOff(event)
                        || nodes(before, rule).values().stream()
                            .noneMatch(node -> node.phase() == Phase.SUCCEEDED),
                    "its step had succeeded before: " + event);
              }
              for (int n = tallied + (unheard ? 1 : 0); n > 0; n--) {
                count(listening(after, rule, event));
              }
            });
    after
        .nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed armed
                  && armed.heard().contains(ref)
                  && !before.armed(path).heard().contains(ref)) {
                gathered.put(path + "/" + delivery.key(), clock.instant());
                for (long number = before.armed(path).sets().last() + 1;
                    number <= armed.sets().last();
                    number++) {
                  closed
                      .computeIfAbsent(delivery.key(), key -> new HashSet<>())
                      .add(new ClosedSet(after.name(), path, number));
                }
              }
            });
  }

  /** Nobody waits for the events of such an emitter; a run fails that would miss one. */
  private boolean ofCutOff(CloudEvent event) {
    return StreamSource.parse(event.getSource().toString())
        .filter(source -> cutOff.test(source.instance()))
        .isPresent();
  }

  private void stopped(Delivery delivery, Run before, Run after) {
    EventRef ref = ref(after, delivery.event());
    if (Position.endsStream(delivery.event())) {
      return;
    }
    for (Rule.Stop rule : rulesOf(after).firedBy(delivery.event(), Rule.Stop.class)) {
      if (!heard(before.stops().get(rule.task()), ref)
          && heard(after.stops().get(rule.task()), ref)
          && !after.phase().complete()) {
        boolean early =
            before.nodes().values().stream().noneMatch(node -> node.template().equals(rule.task()));
        stops.record(
            after.name(),
            rule.task(),
            delivery.event(),
            delivery.begin(),
            clock.instant(),
            early,
            live(delivery, after.name(), rule.task()));
      }
    }
  }

  /** What was live when the function began to look, and is. */
  private Set<String> live(Delivery delivery, String run, String task) {
    return instances.apply(run).stream()
        .filter(i -> i.identity().task().equals(task) && !i.state().terminal())
        .map(Instance::name)
        .filter(delivery.live()::contains)
        .collect(Collectors.toSet());
  }

  private void conclude(Delivery delivery, Response response) {
    CloudEvent event = delivery.event();
    boolean refused = response.status() == FORBIDDEN;
    answered.add(new Concluded("", delivery.reaction(), delivery.key()));
    concerned(delivery)
        .forEach(
            run -> {
              if (!Position.endsStream(event)) {
                switch (delivery.reaction()) {
                  case START ->
                      startConcluded(
                          run, event, !response.success() || delivery.active().size() > 1);
                  case STOP -> stopConcluded(run, event, refused);
                  case UPDATE -> updateConcluded(run, event);
                  case BEGIN, ADVANCE -> {}
                }
              }
              // what was refused may come again, mended
              if (delivery.reaction() == Reaction.START
                  ? settled(run, event)
                  : response.success() || ownRun(event).isPresent()) {
                concluded.add(new Concluded(run.name(), delivery.reaction(), delivery.key()));
              }
            });
  }

  private void startConcluded(Run run, CloudEvent event, boolean refused) {
    starts(run, event)
        .forEach(
            rule -> {
              int count = outcome(run, rule, event);
              require(
                  // a task's own is never refused; of several runs one may have refused
                  count == 1
                      || (count == 0 && refused && ownRun(event).isEmpty())
                      || (count == 0 && ofCutOff(event)),
                  "%d outcomes at %s of %s".formatted(count, rule.step(), event));
            });
    for (ClosedSet set : closed.getOrDefault(EventKey.of(event), Set.of())) {
      require(
          !set.run().equals(run.name())
              || !run.armed(set.path()).sets().closed().containsKey(set.number())
              || instances.apply(run.name()).stream().anyMatch(set::isOf),
          "has no instance: " + set);
    }
  }

  private void stopConcluded(Run run, CloudEvent event, boolean refused) {
    Set<String> live = new HashSet<>();
    instances.apply(run.name()).stream()
        .filter(instance -> !instance.state().terminal())
        .forEach(instance -> live.add(instance.name()));
    for (Rule.Stop rule : rulesOf(run).firedBy(event, Rule.Stop.class)) {
      Optional<Set<String>> wereLive = stops.live(run.name(), rule.task(), event);
      require(refused || run.phase().complete() || wereLive.isPresent(), "stops nothing: " + event);
      live.retainAll(wereLive.orElse(Set.of()));
      require(live.isEmpty(), "goes on after " + event + ": " + live);
    }
  }

  private void updateConcluded(Run run, CloudEvent event) {
    for (Rule.Update rule : rulesOf(run).firedBy(event, Rule.Update.class)) {
      long revision = run.updated(rule.task()).revision();
      for (Instance instance : instances.apply(run.name())) {
        boolean wanted =
            run.nodes().get(instance.identity().node()) instanceof Node.Task task
                && task.phase() == Phase.RUNNING
                && !task.stopRequested()
                && instance.name().equals(task.instance(run.name(), instance.identity().node()));
        require(
            !wanted
                || instance.state().terminal()
                || !instance.identity().task().equals(rule.task())
                || instance.revision() >= revision,
            "is not given the value of " + event + ": " + instance);
      }
    }
  }

  /** Runs for which the event was all the while that the function was at work. */
  private Stream<Run> concerned(Delivery delivery) {
    Optional<String> own = ownRun(delivery.event());
    return own.isPresent()
        ? runs.apply(own.get()).stream()
        : delivery.active().stream()
            .flatMap(name -> runs.apply(name).stream())
            .filter(run -> !run.phase().complete());
  }

  private Set<String> active() {
    return begun.stream()
        .filter(name -> runs.apply(name).filter(run -> !run.phase().complete()).isPresent())
        .collect(Collectors.toSet());
  }

  /** The steps of the run that the event is to start, one rule for each; none of joins. */
  private Stream<Rule.Start> starts(Run run, CloudEvent event) {
    if (ownRun(event).filter(name -> !name.equals(run.name())).isPresent()) {
      return Stream.empty();
    }
    RuleIndex index = rulesOf(run);
    return index.firedBy(event, Rule.Start.class).stream()
        .filter(
            rule ->
                !plan(run)
                    .task(index.steps().step(rule.scope(), rule.step()).step().template())
                    .gathers());
  }

  private static Map<String, Node.Armed> nodes(Run run, Rule.Start rule) {
    Map<String, Node.Armed> nodes = new HashMap<>();
    run.nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed armed
                  && armed.step().equals(rule.step())
                  && run.scope(armed.scope()).template().equals(rule.scope())) {
                nodes.put(path, armed);
              }
            });
    return nodes;
  }

  /** How many events the run has taken of those that the listener was not there for. */
  private static int missed(Run run, String listener) {
    return Stream.of(Fate.EARLY, Fate.SUPERSEDED)
        .mapToInt(fate -> run.fates().of(listener, fate))
        .sum();
  }

  private static boolean several(Run run, String task) {
    return run.nodes().values().stream().filter(n -> n.template().equals(task)).count() > 1;
  }

  private Set<String> live() {
    return begun.stream()
        .flatMap(run -> instances.apply(run).stream())
        .filter(instance -> !instance.state().terminal())
        .map(Instance::name)
        .collect(Collectors.toSet());
  }

  private int outcome(Run run, Rule.Start rule, CloudEvent event) {
    return outcomes.getOrDefault(listening(run, rule, event), 0);
  }

  private static Listening listening(Run run, Rule.Start rule, CloudEvent event) {
    return new Listening(run.name(), rule.scope(), rule.step(), EventKey.of(event));
  }

  private void count(Listening listening) {
    perListener.merge(listening.listener(), 1, Integer::sum);
    int count = outcomes.merge(listening, 1, Integer::sum);
    require(count == 1, "more than one outcome: " + listening);
  }

  private static boolean heard(@Nullable Heard heard, EventRef ref) {
    return heard != null && heard.contains(ref);
  }

  private static EventRef ref(Run run, CloudEvent event) {
    boolean own = ownRun(event).filter(run.name()::equals).isPresent();
    return run.ref(EventKey.of(event), own ? Position.of(event).orElse(null) : null);
  }

  private static Optional<String> ownRun(CloudEvent event) {
    return StreamSource.parse(event.getSource().toString()).map(StreamSource::run);
  }

  private Plan plan(Run run) {
    return Objects.requireNonNull(plans.get(run.plan()));
  }

  private RuleIndex rulesOf(Run run) {
    return Objects.requireNonNull(rules.get(run.plan()));
  }

  private void require(boolean holds, String message) {
    if (!holds && broken.isEmpty()) {
      broken = message;
    }
  }
}
