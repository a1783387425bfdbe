package dev.tiphys.tests.simulation;

import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.tests.simulation.SimulatedTask.Behaviour;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.embedded.EmbeddedBroker;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A scenario under one seed: the same seed gives the same events, faults and results. */
final class Simulation {
  /** Virtual time after which a run that is not over hangs. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final int APPLIED_MILLIS_MAX = 400;
  private static final int UNAVAILABLE = 503;
  private static final double FAULT_RATE_MAX = 0.15;

  private final Scenario scenario;
  private final Map<String, Plan> plans = new LinkedHashMap<>();
  private final Random random;
  private final VirtualTime time;
  private final Faults faults;
  private final InMemoryRuns store = new InMemoryRuns();
  private final InMemoryRunParts parts = new InMemoryRunParts();
  private final InMemoryKeys keys;
  private final PublishedEvents published = new PublishedEvents();
  private final PublishedEvents accepted = new PublishedEvents();
  private final SimulatedCluster cluster;
  private final Ledger ledger;
  private final Alarms alarms;
  private final Broker broker;
  private final Functions process = new Functions();

  /** Works while another one waits for a port. */
  private final Functions other = new Functions();

  private String appliedLast;
  private boolean starting;

  /** The functions, until they are killed; what they have in memory goes with them. */
  private final class Functions {
    private @Nullable Reactions reactions;

    Reactions reactions() {
      if (reactions == null) {
        reactions =
            new Reactions(
                id -> Optional.ofNullable(plans.get(id)),
                faults.on(alarms),
                faults.on(parts),
                cluster,
                keys,
                time);
      }
      return reactions;
    }

    void killed() {
      reactions = null;
    }
  }

  Simulation(Scenario scenario, long seed) {
    this.scenario = scenario;
    scenario.plans().forEach(plan -> plans.put(plan.id(), plan));
    this.appliedLast = plans.keySet().iterator().next();
    this.random = new Random(seed);
    this.time = new VirtualTime(random);
    this.faults = new Faults(random, random.nextDouble() * FAULT_RATE_MAX, time);
    this.keys = new InMemoryKeys(random);
    this.ledger = new Ledger(scenario.plans(), time, store::find, this::instances, this::wasCutOff);
    this.alarms = new Alarms(ledger.watching(store), time, this::tellDue);
    this.cluster =
        new SimulatedCluster(
            faults, this::task, this::tellLifeCycle, ledger::created, scenario.podsGo());
    this.broker = new EmbeddedBroker(triggers(scenario), this::subscriber, time, BrokerEvents.NONE);
  }

  private static List<Trigger> triggers(Scenario scenario) {
    Map<String, Trigger> byName = new LinkedHashMap<>();
    for (Plan plan : scenario.plans()) {
      BrokerTriggers.among(KnativeManifests.of(plan, scenario.options()))
          .forEach(trigger -> byName.put(trigger.name(), trigger));
    }
    return List.copyOf(byName.values());
  }

  /** Runs to the end, and has all invariants verified after each step. */
  Summary run(Invariants invariants) {
    begin("begin");
    scenario.plans().stream().skip(1).forEach(this::applyLater);
    Outsiders outsiders = new Outsiders(broker, accepted, time, random);
    scenario.senders().forEach(outsiders::send);
    if (scenario.patience() != null) {
      time.runAfter(scenario.patience(), this::stopAll);
    }
    while (time.step()) {
      invariants.verify(this);
      if (time.instant().isAfter(VirtualTime.BEGINNING.plus(PATIENCE))) {
        throw new AssertionError("hangs: " + store.all());
      }
    }
    invariants.verifyEnd(this);
    return summary(runs().getFirst());
  }

  /** Those that have begun, the first one first. */
  List<Run> runs() {
    return store.all().stream()
        .sorted(Comparator.comparing(Run::startedAt).thenComparing(Run::name))
        .toList();
  }

  Run run(String name) {
    return store.find(name).orElseThrow();
  }

  Scenario scenario() {
    return scenario;
  }

  Plan plan(Run run) {
    return Objects.requireNonNull(plans.get(run.plan()));
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  Ledger ledger() {
    return ledger;
  }

  /** What tasks have published. */
  PublishedEvents published() {
    return published;
  }

  /** What the broker has taken from outside. */
  PublishedEvents accepted() {
    return accepted;
  }

  Optional<RunParts.Part> part(Run run, int shard) {
    return parts.find(run.name(), OutsideMemory.PURPOSE, shard);
  }

  Summary summary(Run run) {
    return Summary.of(plan(run), run, cluster.all(run.name()));
  }

  private List<Instance> instances(String run) {
    return cluster.all(run);
  }

  private boolean wasCutOff(String instance) {
    return cluster.wasCutOff(instance);
  }

  private void begin(String id) {
    broker.publish(
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(URI.create("/simulation"))
            .withType(EventTypes.RUN_BEGIN)
            .build());
  }

  private void applyLater(Plan plan) {
    time.runWithin(
        APPLIED_MILLIS_MAX,
        () -> {
          appliedLast = plan.id();
          begin("begin-" + plan.id());
        });
  }

  private void stopAll() {
    for (Run run : runs()) {
      if (!run.phase().complete()) {
        store.control(run.name(), Run.Control.STOP);
        tellDue(run);
      }
    }
  }

  private Subscriber subscriber(Trigger.Address address) {
    return FunctionPath.parse(address.path())
        .map(this::function)
        .orElse(event -> Subscriber.Response.accepted());
  }

  private Subscriber function(FunctionPath path) {
    Reaction reaction = path.reaction();
    Subscriber function =
        ledger.watching(
            reaction,
            event -> atWork().reactions().subscriber(reaction).deliver(stamped(path, event)));
    return faults.on(
        reaction == Reaction.START ? inTurn(function) : function,
        this::publish,
        () -> atWork().killed());
  }

  /** Each version has its Triggers, but for the one that begins runs, which all share. */
  private CloudEvent stamped(FunctionPath path, CloudEvent event) {
    Reaction reaction = path.reaction();
    return reaction == Reaction.BEGIN
        ? new FunctionPath(reaction, appliedLast).stamp(event)
        : path.stamp(event);
  }

  private void publish(CloudEvent event) {
    broker.publish(event);
  }

  private Functions atWork() {
    return faults.between() ? other : process;
  }

  /** One start waits for another, which here would be for ever. */
  private Subscriber inTurn(Subscriber start) {
    return event -> {
      if (starting) {
        return Subscriber.Response.problem(UNAVAILABLE, "not its turn");
      }
      starting = true;
      try {
        return start.deliver(event);
      } finally {
        starting = false;
      }
    };
  }

  /** On a cluster they are there with the run, whatever fault {@code begin} has met. */
  private RunKeys keys(String run) {
    keys.create(run);
    return keys.of(run).orElseThrow();
  }

  private SimulatedTask task(InstanceSpec spec) {
    Map<EventSidecar, SimulatedStream> streams = new LinkedHashMap<>();
    TaskKeys its = TaskKeys.of(keys(spec.identity().run()), spec);
    for (EventSidecar sidecar : spec.sidecars()) {
      streams.put(
          sidecar,
          new SimulatedStream(
              spec.identity(), sidecar, its.of(sidecar), broker, faults, published));
    }
    Behaviour behaviour =
        scenario
            .behaviours()
            .getOrDefault(spec.identity().task(), new Behaviour(3, List.of("line"), 0));
    return new SimulatedTask(behaviour, streams, time, random);
  }

  private void tellDue(Run run) {
    tell(run.name(), run.name() + "/due/" + run.version(), EventTypes.RUN_CHANGED);
  }

  private void tellLifeCycle(Instance instance) {
    String type = instance.state().terminal() ? EventTypes.TASK_ENDED : EventTypes.TASK_STARTED;
    tell(instance.identity().run(), instance.name() + "/" + instance.state(), type);
  }

  /** What the run watcher does: at least once, in some order. */
  private void tell(String run, String id, String type) {
    CloudEvent event =
        keys(run)
            .control()
            .sign(
                CloudEventBuilder.v1()
                    .withId(id)
                    .withSource(URI.create("/simulation/watcher"))
                    .withType(type)
                    .withExtension(Attributes.RUN, run)
                    .withExtension(Attributes.PARTITION_KEY, run)
                    .build());
    time.run(() -> broker.publish(event));
    if (faults.strike()) {
      time.run(() -> broker.publish(event));
    }
  }
}
