package dev.tiphys.tests.cluster;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the first event waits: for the functions' process alone, and on the cluster of {@code
 * KUBECONFIG} from zero, beside Knative's own sample. Both sides take turns.
 */
public final class ColdStarts {
  static final String COMMAND = "mvn -q -Pcold-start -pl tests -am process-test-classes";

  private static final int STARTS = 10;
  private static final double MEDIAN = 0.5;
  private static final List<String> AS_IN_THE_IMAGE = List.of();
  private static final List<String> WITHOUT_CACHE = List.of("-XX:AOTMode=off");

  private final BenchDeployment deployed;
  private final BenchRun run;
  private final URI function;
  private final List<String> rows = new ArrayList<>();

  private ColdStarts(BenchDeployment deployed) {
    this.deployed = deployed;
    this.run = deployed.run();
    this.function = deployed.function();
  }

  /**
   * Measures and prints.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws Exception {
    try (BenchDeployment deployed = BenchDeployment.of(BenchRun.ON_PAPER)) {
      String table = new ColdStarts(deployed).table();
      System.out.println(table);
      Files.writeString(Path.of(args[0]), table);
    }
  }

  private String table() throws Exception {
    // a connection and classes of this program's own
    run.post(deployed.reachable(function), function.getHost());
    process();
    cluster();
    return """
    # Cold start

    Made by `%s`, after the images were built and loaded, on %d processors that should have nothing
    else to do. %d starts each, that take turns. `process` is the functions' program with the runtime,
    jars and AOT cache of its image, on this machine: from its start to the 2xx for an event that has
    created a pod. `from zero` is on the cluster, with no pod of the Service there: from the POST to
    the 2xx. The Go sample is Knative's `event-display`, which creates nothing.

    | what | median | least | most | unit |
    |---|---:|---:|---:|---|
    """
            .formatted(COMMAND, Runtime.getRuntime().availableProcessors(), STARTS)
        + String.join("\n", rows)
        + "\n";
  }

  private void process() throws Exception {
    StagedFunctions image = new StagedFunctions(deployed.namespace(), AS_IN_THE_IMAGE);
    StagedFunctions plain = new StagedFunctions(deployed.namespace(), WITHOUT_CACHE);
    Sample withCache = new Sample();
    Sample withoutCache = new Sample();
    Sample resident = new Sample();
    int before = run.taken().size();
    for (int n = 0; n < STARTS; n++) {
      StagedFunctions.Start start = image.start(this::post);
      withCache.addNanos(start.nanos());
      resident.addMillis(start.residentMegabytes());
      withoutCache.addNanos(plain.start(this::post).nanos());
    }
    int created = run.taken().size() - before;
    if (created != 2 * STARTS) {
      throw new IllegalStateException(created + " pods for " + 2 * STARTS + " events");
    }
    row("process", withCache, "ms");
    row("process, without the AOT cache", withoutCache, "ms");
    row("process, resident after the first event", resident, "MB");
  }

  private void post(URI address) throws Exception {
    run.post(address.resolve(function.getRawPath()), address.getHost());
  }

  private void cluster() throws Exception {
    URI sample = KnativeSample.deploy(deployed.namespace()).address();
    Sample ours = new Sample();
    Sample theirs = new Sample();
    for (int n = 0; n < STARTS; n++) {
      awaitZero();
      ours.addNanos(timed(function));
      theirs.addNanos(timed(sample));
    }
    row("from zero, functions, pod created", ours, "ms");
    row("from zero, Go sample", theirs, "ms");
    rows.add(
        String.format(
            Locale.ROOT,
            "| ratio of the two | %.2f | | | |",
            ours.quantile(MEDIAN) / theirs.quantile(MEDIAN)));
  }

  private void awaitZero() throws Exception {
    Wait.until("no pod of a Service is left", () -> deployed.namespace().functionPods().isEmpty());
  }

  private long timed(URI address) throws Exception {
    URI reachable = deployed.reachable(address);
    long begin = System.nanoTime();
    run.post(reachable, address.getHost());
    return System.nanoTime() - begin;
  }

  private void row(String what, Sample sample, String unit) {
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.0f | %s |",
            what,
            sample.quantile(MEDIAN),
            sample.quantile(0),
            sample.quantile(1),
            unit));
  }
}
