package dev.tiphys.tests.simulation;

import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
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
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One run of one plan under one seed. */
final class Simulation {
  /** Virtual time after which a run that is not over hangs. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final int OUTSIDE_MILLIS_MAX = 2_000;
  private static final double FAULT_RATE_MAX = 0.15;

  private final Plan plan;
  private final Map<String, Behaviour> behaviours;
  private final Random random;
  private final VirtualTime time;
  private final Faults faults;
  private final InMemoryRuns runs = new InMemoryRuns();
  private final InMemoryKeys keys;
  private final PublishedEvents published = new PublishedEvents();
  private final SimulatedCluster cluster;
  private final Broker broker;

  Simulation(Plan plan, Options options, Map<String, Behaviour> behaviours, long seed) {
    this.plan = plan;
    this.behaviours = behaviours;
    this.random = new Random(seed);
    this.time = new VirtualTime(random);
    this.faults = new Faults(random, random.nextDouble() * FAULT_RATE_MAX, time);
    this.keys = new InMemoryKeys(random);
    this.cluster = new SimulatedCluster(faults, this::task, this::tellLifeCycle);
    Reactions reactions =
        new Reactions(
            id -> id.equals(plan.id()) ? Optional.of(plan) : Optional.empty(),
            faults.on(new Alarms(runs, time, this::tellDue)),
            faults.on(new InMemoryRunParts()),
            cluster,
            keys,
            time);
    this.broker =
        new EmbeddedBroker(
            BrokerTriggers.among(KnativeManifests.of(plan, options)),
            address -> subscriber(reactions, address),
            time,
            BrokerEvents.NONE);
  }

  /**
   * An event from outside comes some time soon, and again; what it says of its time is no matter.
   */
  void publishFromOutside(String type) {
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId("outside-" + type)
            .withSource(URI.create("/outside"))
            .withType(type);
    if (random.nextBoolean()) {
      event.withTime(
          VirtualTime.BEGINNING.plus(Duration.ofDays(random.nextInt(2))).atOffset(ZoneOffset.UTC));
    }
    time.runWithin(OUTSIDE_MILLIS_MAX, () -> broker.publish(event.build()));
    time.runWithin(OUTSIDE_MILLIS_MAX, () -> broker.publish(event.build()));
  }

  /** Runs to the end, and has all invariants verified after each step. */
  Summary run(Invariants invariants) {
    broker.publish(
        CloudEventBuilder.v1()
            .withId("begin")
            .withSource(URI.create("/simulation"))
            .withType(EventTypes.RUN_BEGIN)
            .build());
    while (time.step()) {
      invariants.verify(this);
      if (time.instant().isAfter(VirtualTime.BEGINNING.plus(PATIENCE))) {
        throw new AssertionError("hangs: " + runs.all());
      }
    }
    invariants.verifyEnd(this);
    return summary();
  }

  Plan plan() {
    return plan;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  PublishedEvents published() {
    return published;
  }

  Optional<Run> theRun() {
    return runs.all().stream().findFirst();
  }

  Summary summary() {
    Run run = theRun().orElseThrow();
    return Summary.of(plan, run, cluster.all(run.name()));
  }

  private Subscriber subscriber(Reactions reactions, Trigger.Address address) {
    return FunctionPath.parse(address.path())
        .map(
            path ->
                faults.on(
                    event -> reactions.subscriber(path.reaction()).deliver(path.stamp(event))))
        .orElse(event -> Subscriber.Response.accepted());
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
        behaviours.getOrDefault(spec.identity().task(), new Behaviour(3, List.of("line"), 0));
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
