package dev.tiphys.tests.bench;

import dev.tiphys.functions.Decision;
import dev.tiphys.functions.Start;
import dev.tiphys.functions.View;
import dev.tiphys.functions.port.Instance;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event starts, in the middle of a coin flip: ten instances are active, a hundred have
 * ended. The run observed is always the same, so each decision is about a new event.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // by setUp
public class StartBenchmark {
  private static final Path WORKFLOW = Path.of("..", "examples", "coinflip.yaml");
  private static final String TYPE = "coin";
  private static final int ENDED = 100;

  /** With the task that flips the coin, ten. */
  private static final int ACTIVE = 9;

  private LiveRun live;
  private List<Instance> instances;
  private CloudEvent heads;
  private CloudEvent tails;

  /**
   * Brings the run to its middle.
   *
   * @throws IllegalStateException if the events would not do what the benchmarks are named for
   */
  @Setup
  public void setUp() throws IOException {
    live = new LiveRun(GeneratedWorkflow.plan(Files.readString(WORKFLOW)));
    int next = 1;
    while (next <= ENDED) {
      live.start(live.event(TYPE, next++, "heads"));
      live.endStarted();
    }
    while (next <= ENDED + ACTIVE) {
      live.start(live.event(TYPE, next++, "heads"));
    }
    instances = live.instances();
    heads = live.event(TYPE, next, "heads");
    tails = live.event(TYPE, next, "tails");
    if (instances.size() != 1 + ENDED + ACTIVE
        || starts().effects().size() != 1
        || !whenIsFalse().effects().isEmpty()) {
      throw new IllegalStateException("not the middle of a coin flip");
    }
  }

  /** The event starts an instance. */
  @Benchmark
  public Decision starts() {
    return decide(heads);
  }

  /** The step's condition does not hold: the event is only accounted for. */
  @Benchmark
  public Decision whenIsFalse() {
    return decide(tails);
  }

  private Decision decide(CloudEvent event) {
    return Start.decide(
        live.plan(), live.rules(), new View(live.run(), instances), event, Instant.EPOCH);
  }
}
