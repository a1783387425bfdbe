package dev.tiphys.tests.bench;

import dev.tiphys.functions.Counters;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.embedded.EmbeddedBroker;
import io.cloudevents.CloudEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The broker of a workflow with so many rules, and events for it. */
final class RuledBroker implements AutoCloseable {
  /** As many distinct events whatever the number of rules, so that caches hold the same. */
  static final int EVENTS = 1_000;

  /** Below a lane's capacity: the broker is kept busy, and no publisher waits in it. */
  private static final int IN_FLIGHT_MAX = 64;

  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final EmbeddedBroker broker;
  private final Reactions reactions;
  private final List<CloudEvent> events;

  RuledBroker(int rules, BrokerBenchmark.Behind behind) {
    LiveRun live = new LiveRun(GeneratedWorkflow.listeners(rules));
    reactions =
        new Reactions(
            id -> Optional.of(live.plan()),
            new FrozenRuns(live.run()),
            new InMemoryRunParts(),
            new FrozenInstances(live.instances()),
            live.keys(),
            InstantSource.system());
    events =
        IntStream.rangeClosed(1, EVENTS)
            .mapToObj(n -> live.event(GeneratedWorkflow.eventType(1 + n % rules), n, "go"))
            .toList();
    events.forEach(event -> require(live.decide(event).effects().size() == 1));
    broker =
        new EmbeddedBroker(
            BrokerTriggers.among(KnativeManifests.of(live.plan(), Options.defaults())),
            address -> subscriber(behind, address),
            scheduler,
            new Arrivals());
  }

  /** Publishes all events, and tells how many nanoseconds it took until all were delivered. */
  long publish() throws InterruptedException {
    long begin = System.nanoTime();
    for (CloudEvent event : events) {
      inFlight.acquire();
      CompletableFuture<Void> _ = broker.publish(event);
    }
    inFlight.acquire(IN_FLIGHT_MAX);
    inFlight.release(IN_FLIGHT_MAX);
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {
    require(reactions.counters().of(Counters.Outcome.UNSIGNED) == 0);
    broker.close();
    scheduler.close();
  }

  private Subscriber subscriber(BrokerBenchmark.Behind behind, Trigger.Address address) {
    return switch (behind) {
      case NOTHING -> event -> Subscriber.Response.accepted();
      case START ->
          FunctionPath.parse(address.path())
              .<Subscriber>map(
                  path -> event -> reactions.subscriber(path.reaction()).deliver(path.stamp(event)))
              .orElse(event -> Subscriber.Response.accepted());
    };
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("an event does not start an instance");
    }
  }

  /** Lets the next event in for each that has arrived. */
  private final class Arrivals implements BrokerEvents {
    @Override
    public void delivered(Trigger trigger, CloudEvent event, Subscriber.Response response) {
      inFlight.release();
    }
  }
}
