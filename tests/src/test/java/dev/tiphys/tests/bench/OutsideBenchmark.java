package dev.tiphys.tests.bench;

import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.RunParts.Part;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.Run;
import dev.tiphys.tests.Workflows;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An event from outside whose step's condition does not hold, from its delivery to the run that
 * remembers it. A turn takes as many new events as a run's object holds, so that each turn pays for
 * what goes into a part meanwhile; then run and parts are as they were.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2) // a longer memory has warmed the code up before that
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // by setUp, since JMH sets the parameter after construction
public class OutsideBenchmark {
  private static final int EVENTS = OutsideMemory.OBJECT_MAX;
  private static final String TYPE = "order";
  private static final String LISTENER = "start main/bake";

  /** Events from outside that the run knows already. */
  @Param({"1000", "10000", "100000"})
  public int known;

  private LiveRun live;
  private Run before;
  private List<Part> partsBefore;
  private List<CloudEvent> events;
  private InMemoryRuns runs;
  private InMemoryRunParts parts;
  private Subscriber start;

  /** Has the run hear of all that it is to know. */
  @Setup
  public void setUp() throws IOException {
    live = new LiveRun(GeneratedWorkflow.plan(Workflows.BAKERY));
    before = live.run().withMemory(OutsideMemory.withKey("benchmark"));
    partsBefore = List.of();
    anew();
    for (int n = 1; n <= known; n++) {
      start.deliver(cake("known-" + n));
    }
    before = stored();
    partsBefore =
        IntStream.range(0, before.memory().parts().size())
            .mapToObj(shard -> parts.find(before.name(), OutsideMemory.PURPOSE, shard))
            .flatMap(Optional::stream)
            .toList();
    events = IntStream.range(0, EVENTS).mapToObj(n -> cake("new-" + n)).toList();
  }

  /** Another process finds the run as it was. */
  @Setup(Level.Invocation)
  public void anew() {
    runs = new InMemoryRuns();
    runs.create(before);
    parts = new InMemoryRunParts();
    for (Part part : partsBefore) {
      parts.write(Part.create(part.owner(), part.purpose(), part.shard()).withData(part.data()));
    }
    start =
        new Reactions(
                id -> Optional.of(live.plan()),
                runs,
                parts,
                new FrozenInstances(live.instances()),
                live.keys(),
                InstantSource.system())
            .subscriber(Reaction.START);
  }

  /**
   * Makes sure that all were remembered.
   *
   * @throws IllegalStateException if the events did not do what the benchmark is named for
   */
  @TearDown(Level.Invocation)
  public void check() {
    if (stored().fates().of(LISTENER, Fate.CONDITION) != known + EVENTS) {
      throw new IllegalStateException("not all were remembered: " + stored().fates());
    }
  }

  /** So many events, one after another as they are of one run. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public List<Subscriber.Response> remembered() throws IOException {
    List<Subscriber.Response> answers = new ArrayList<>(EVENTS);
    for (CloudEvent event : events) {
      answers.add(start.deliver(event));
    }
    return answers;
  }

  private Run stored() {
    return runs.find(before.name()).orElseThrow();
  }

  private CloudEvent cake(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/benchmark"))
        .withType(TYPE)
        .withExtension(Attributes.PLAN, live.plan().id())
        .withData("application/json", "{\"goods\": \"cake\"}".getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
