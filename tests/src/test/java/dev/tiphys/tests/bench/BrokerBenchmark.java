package dev.tiphys.tests.bench;

import dev.tiphys.functions.Counters;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.embedded.EmbeddedBroker;
import dev.tiphys.triggers.embedded.VirtualThreadScheduler;
import io.cloudevents.CloudEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events from publication to the end of their delivery, through the Triggers of one workflow with
 * so many rules. The events are those of one run, and spread evenly over the rules.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@SuppressWarnings("NullAway.Init") // by setUp, since JMH sets the parameters after construction
public class BrokerBenchmark {
  /** As many distinct events whatever the number of rules, so that caches hold the same. */
  private static final int EVENTS = 1_000;

  /** Below a lane's capacity: the broker is kept busy, and no publisher waits in it. */
  private static final int IN_FLIGHT_MAX = 64;

  /** What is behind the Triggers. */
  public enum Behind {
    /** Subscribers that do nothing: the broker alone. */
    NOTHING,
    /**
     * The start function, with the run and the cluster in memory; each event starts an instance.
     */
    START
  }

  /** Rules of the workflow. */
  @Param({"1", "10", "100", "1000"})
  public int rules;

  @Param public Behind behind;

  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private VirtualThreadScheduler scheduler;
  private EmbeddedBroker broker;
  private Reactions reactions;
  private List<CloudEvent> events;

  /** Opens the broker. */
  @Setup
  public void setUp() {
    LiveRun live = new LiveRun(GeneratedWorkflow.listeners(rules));
    reactions =
        new Reactions(
            id -> Optional.of(live.plan()),
            new FrozenRuns(live.run()),
            new FrozenInstances(live.instances()),
            live.keys(),
            InstantSource.system());
    events =
        IntStream.rangeClosed(1, EVENTS)
            .mapToObj(n -> live.event(GeneratedWorkflow.eventType(1 + n % rules), n, "go"))
            .toList();
    events.forEach(event -> require(live.decide(event).effects().size() == 1));
    scheduler = new VirtualThreadScheduler();
    broker =
        new EmbeddedBroker(
            BrokerTriggers.among(KnativeManifests.of(live.plan(), Options.defaults())),
            this::subscriber,
            scheduler,
            new Arrivals());
  }

  /** Closes the broker. */
  @TearDown
  public void tearDown() {
    require(reactions.counters().of(Counters.Outcome.UNSIGNED) == 0);
    broker.close();
    scheduler.close();
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void publish() throws InterruptedException {
    for (CloudEvent event : events) {
      inFlight.acquire();
      CompletableFuture<Void> _ = broker.publish(event);
    }
    inFlight.acquire(IN_FLIGHT_MAX);
    inFlight.release(IN_FLIGHT_MAX);
  }

  private Subscriber subscriber(Trigger.Address address) {
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
