package dev.tiphys.tests.bench;

import java.io.IOException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The events of one run from publication to the end of their delivery to a Subscriber that does
 * nothing: through the carrier's broker, and beside it what is below that, alone. The two take
 * turns in one JVM, so what else the machine does falls on both.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
@SuppressWarnings("NullAway.Init") // by setUp, since JMH sets the parameters after construction
public class CarrierBenchmark {
  /** What carries them. */
  public enum Carrier {
    /** The raw client is a call of the Subscriber. */
    EMBEDDED,
    /** The raw clients are Kafka's producer, of one ready record, and its consumer. */
    KAFKA
  }

  @Param public Carrier carrier;

  private Lap broker;
  private Lap rawClient;

  /** Opens both; for Kafka, with a server of its own. */
  @Setup
  public void setUp() throws IOException {
    broker = new BrokerLap(carrier);
    rawClient =
        switch (carrier) {
          case EMBEDDED -> new DirectLap();
          case KAFKA -> new KafkaClientLap();
        };
  }

  /** Closes both. */
  @TearDown
  public void tearDown() {
    broker.close();
    rawClient.close();
  }

  /** Each in turn. */
  @Benchmark
  public void publish(Throughput throughput) throws InterruptedException {
    throughput.broker += broker.run();
    throughput.rawClient += rawClient.run();
    throughput.turns++;
  }

  /** Events per second of an iteration; JMH reports each method. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Throughput {
    private long broker;
    private long rawClient;
    private long turns;

    /** Begins anew. */
    @Setup(Level.Iteration)
    public void reset() {
      broker = 0;
      rawClient = 0;
      turns = 0;
    }

    public double broker() {
      return eventsPerSecond(broker);
    }

    public double rawClient() {
      return eventsPerSecond(rawClient);
    }

    private double eventsPerSecond(long nanoseconds) {
      return turns * Lap.EVENTS * 1e9 / nanoseconds;
    }
  }
}
