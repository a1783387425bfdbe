package dev.tiphys.tests.bench;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * One figure.
 *
 * @param error half of the 99.9 % confidence interval; NaN where one iteration gives none
 */
record Measured(Key key, double score, double error, String unit) {
  private static final double CONFIDENCE = 0.999;

  /**
   * What was measured.
   *
   * @param type the benchmark's class
   */
  record Key(String type, String method, SortedMap<String, String> parameters) {
    Key method(String other) {
      return new Key(type, other, parameters);
    }

    Key parameter(String name, String value) {
      SortedMap<String, String> others = new TreeMap<>(parameters);
      others.put(name, value);
      return new Key(type, method, Collections.unmodifiableSortedMap(others));
    }

    @Override
    public String toString() {
      return parameters.entrySet().stream()
          .map(e -> ", " + e.getKey() + " " + e.getValue().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining("", method, ""));
    }
  }

  static List<Measured> in(Collection<RunResult> results) {
    return results.stream().flatMap(Measured::in).toList();
  }

  /** The counters of a benchmark that has some are what it measures. */
  private static Stream<Measured> in(RunResult run) {
    BenchmarkParams params = run.getParams();
    SortedMap<String, String> values = new TreeMap<>();
    params.getParamsKeys().forEach(name -> values.put(name, params.getParam(name)));
    String name = params.getBenchmark();
    int dot = name.lastIndexOf('.');
    Key key = new Key(name.substring(0, dot), name.substring(dot + 1), values);
    return run.getSecondaryResults().isEmpty()
        ? Stream.of(of(key, run.getPrimaryResult(), run.getPrimaryResult().getScoreUnit()))
        : run.getSecondaryResults().values().stream()
            .map(counter -> (Result<?>) counter)
            .map(counter -> of(key.method(counter.getLabel()), counter, "ops/s"));
  }

  /** Of the statistics, since JMH adds a counter's values up. */
  private static Measured of(Key key, Result<?> result, String unit) {
    Statistics statistics = result.getStatistics();
    return new Measured(key, statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE), unit);
  }
}
