package dev.tiphys.tests.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures on the cluster of {@code KUBECONFIG}, and writes a table. */
public final class ClusterBenchmarks {
  static final String COMMAND = "mvn -q -Pcluster-bench -pl tests -am process-test-classes";

  private static final int WARM_UP = 100;
  private static final int CREATES = 200;
  private static final int STARTS = 10;
  private static final int BURST = 200;
  private static final int CONNECTIONS = 8;
  private static final long SETTLE_MILLIS = 5_000;

  private final BenchRun run;
  private final URI broker;
  private final URI function;

  /** The same two by addresses that this machine knows; looked up before anything is measured. */
  private final URI reachableBroker;

  private final URI reachableFunction;
  private final List<String> rows;

  private ClusterBenchmarks(BenchDeployment deployed, List<String> rows) {
    this.run = deployed.run();
    this.broker = run.broker();
    this.function = deployed.function();
    this.reachableBroker = deployed.reachable(broker);
    this.reachableFunction = deployed.reachable(function);
    this.rows = rows;
  }

  /**
   * Measures and prints.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws Exception {
    List<String> rows = new ArrayList<>();
    try (BenchDeployment deployed = BenchDeployment.of(BenchRun.ON_PAPER)) {
      ClusterBenchmarks benchmarks = new ClusterBenchmarks(deployed, rows);
      Pod model = benchmarks.warm(WARM_UP);
      benchmarks.creates(model);
      benchmarks.burst(model);
    }
    try (BenchDeployment deployed = BenchDeployment.of(BenchRun.WORKFLOW)) {
      ClusterBenchmarks benchmarks = new ClusterBenchmarks(deployed, rows);
      Pod model = benchmarks.warm(STARTS);
      Wait.until("all pods have ended", deployed::quiet);
      benchmarks.firstLines(model);
    }
    String table = table(rows) + carriers(CarrierRates.rows());
    System.out.println(table);
    Files.writeString(Path.of(args[0]), table);
  }

  private static String table(List<String> rows) {
    return """
    # On a cluster

    Made by `%s` on a cluster that has nothing else to do. Figures of different machines and days do
    not compare; ratios do, as both sides take turns in the same run. `bare` is a pod of the same spec,
    created by the same machine's client. A pod exists when a watch of that client shows it, whoever created it.

    | from | to | bare | Tiphys | ratio |
    |---|---|---:|---:|---:|
    """
            .formatted(COMMAND)
        + String.join("\n", rows)
        + "\n";
  }

  private static String carriers(List<String> rows) {
    return """

    ## Carriers

    Events of one run from their publication to their delivery to a Subscriber that does nothing, 16 under way at a time;
    events/s, medians of laps that take turns.

    | Tiphys | raw client | raw client | Tiphys | ratio |
    |---|---|---:|---:|---:|
    """
        + String.join("\n", rows)
        + "\n";
  }

  /** A pod as Tiphys makes it, when everything has been used before. */
  private Pod warm(int times) throws Exception {
    int last = 0;
    for (int n = 0; n < times; n++) {
      last = toBroker();
    }
    Pod model = run.takenBy(last);
    for (int n = 0; n < times; n++) {
      run.create(run.bareLike(model, "warm-" + n));
    }
    return model;
  }

  private void creates(Pod model) throws Exception {
    Sample bare = new Sample();
    Sample throughBroker = new Sample();
    Sample toFunction = new Sample();
    try (SeenPods pods = run.seen()) {
      for (int n = 0; n < CREATES; n++) {
        Pod pod = run.bareLike(model, "create-" + n);
        long begin = System.nanoTime();
        run.create(pod);
        bare.addNanos(pods.named(pod.getMetadata().getName()) - begin);
        begin = System.nanoTime();
        toFunction.addNanos(pods.takenBy(toFunction()) - begin);
        begin = System.nanoTime();
        throughBroker.addNanos(pods.takenBy(toBroker()) - begin);
      }
    }
    for (double share : new double[] {0.5, 0.99}) {
      String quantile = "p" + Math.round(share * 100) + ", ms";
      row("event posted to the function", "pod exists, " + quantile, bare, toFunction, share);
      row("event posted to the Broker", "pod exists, " + quantile, bare, throughBroker, share);
    }
  }

  private int toFunction() throws Exception {
    return run.post(reachableFunction, function.getHost());
  }

  private int toBroker() throws Exception {
    return run.post(reachableBroker, broker.getHost());
  }

  private void firstLines(Pod model) throws Exception {
    Sample bare = new Sample();
    Sample started = new Sample();
    for (int n = 0; n < STARTS; n++) {
      Instant before = Instant.now();
      Pod pod = run.create(run.bareLike(model, "start-" + n));
      bare.addMillis(before.until(run.firstLine(pod)).toNanos() / 1e6);
      Instant posted = Instant.now();
      int number = toBroker();
      started.addMillis(posted.until(run.firstLine(run.takenBy(number))).toNanos() / 1e6);
    }
    row("event posted to the Broker", "main's first line, p50, ms", bare, started, 0.5);
  }

  private void burst(Pod model) throws Exception {
    Sample bare = new Sample();
    bare.addNanos(atOnce(n -> run.create(run.bareLike(model, "burst-" + n))));
    int before = run.taken().size();
    long begin = System.nanoTime();
    atOnce(n -> toBroker());
    Wait.until("all pods are there", () -> run.taken().size() >= before + BURST);
    Sample all = new Sample();
    all.addNanos(System.nanoTime() - begin);
    // a second pod for an event would come late
    Thread.sleep(SETTLE_MILLIS);
    int doubled = run.taken().size() - before - BURST;
    row(
        BURST + " events at once over " + CONNECTIONS + " connections",
        "all pods exist, ms (" + doubled + " too many)",
        bare,
        all,
        0.5);
  }

  /** One of many operations that are done at once. */
  private interface Operation {
    void perform(int number) throws Exception;
  }

  private static long atOnce(Operation operation) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      long begin = System.nanoTime();
      List<Future<?>> operations = new ArrayList<>();
      for (int n = 0; n < BURST; n++) {
        int number = n;
        operations.add(
            threads.submit(
                () -> {
                  operation.perform(number);
                  return number;
                }));
      }
      for (Future<?> done : operations) {
        done.get();
      }
      return System.nanoTime() - begin;
    }
  }

  private void row(String from, String to, Sample bare, Sample ours, double share) {
    double one = bare.quantile(share);
    double other = ours.quantile(share);
    rows.add(
        String.format(
            Locale.ROOT, "| %s | %s | %.1f | %.1f | %.2f |", from, to, one, other, other / one));
  }
}
