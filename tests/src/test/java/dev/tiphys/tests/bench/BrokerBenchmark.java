package dev.tiphys.tests.bench;

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
 * Events from publication to the end of their delivery, through the Triggers of one workflow with
 * so many rules. The events are those of one run, and spread evenly over the rules.
 *
 * <p>The numbers of rules take turns of some milliseconds in one JVM: what else the machine does,
 * and what the JIT compiler has made of the code, then falls on all of them alike. Forks that
 * measured one after another differed by a factor of two with the same number of rules.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
@SuppressWarnings("NullAway.Init") // by setUp, since JMH sets the parameters after construction
public class BrokerBenchmark {
  /** What is behind the Triggers. */
  public enum Behind {
    /** Subscribers that do nothing: the broker alone. */
    NOTHING,
    /**
     * The start function, with the run and the cluster in memory; each event starts an instance.
     */
    START
  }

  @Param public Behind behind;

  private RuledBroker rules1;
  private RuledBroker rules10;
  private RuledBroker rules100;
  private RuledBroker rules1000;

  /** Opens the brokers. */
  @Setup
  public void setUp() {
    rules1 = new RuledBroker(1, behind);
    rules10 = new RuledBroker(10, behind);
    rules100 = new RuledBroker(100, behind);
    rules1000 = new RuledBroker(1_000, behind);
  }

  /** Closes the brokers. */
  @TearDown
  public void tearDown() {
    rules1.close();
    rules10.close();
    rules100.close();
    rules1000.close();
  }

  /** Each of them in turn. */
  @Benchmark
  public void publish(Throughput throughput) throws InterruptedException {
    throughput.rules1 += rules1.publish();
    throughput.rules10 += rules10.publish();
    throughput.rules100 += rules100.publish();
    throughput.rules1000 += rules1000.publish();
    throughput.turns++;
  }

  /** Events per second of an iteration, by the number of rules; JMH reports each method. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Throughput {
    private long rules1;
    private long rules10;
    private long rules100;
    private long rules1000;
    private long turns;

    /** Begins anew. */
    @Setup(Level.Iteration)
    public void reset() {
      rules1 = 0;
      rules10 = 0;
      rules100 = 0;
      rules1000 = 0;
      turns = 0;
    }

    public double rules1() {
      return eventsPerSecond(rules1);
    }

    public double rules10() {
      return eventsPerSecond(rules10);
    }

    public double rules100() {
      return eventsPerSecond(rules100);
    }

    public double rules1000() {
      return eventsPerSecond(rules1000);
    }

    private double eventsPerSecond(long nanoseconds) {
      return turns * RuledBroker.EVENTS * 1e9 / nanoseconds;
    }
  }
}
