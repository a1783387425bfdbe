package dev.tiphys.tests.bench;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One figure.
 *
 * @param error half of the 99.9 % confidence interval; NaN where one iteration gives none
 */
record Measured(Key key, double score, double error, String unit) {
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
    return results.stream().map(Measured::from).toList();
  }

  private static Measured from(RunResult run) {
    BenchmarkParams params = run.getParams();
    SortedMap<String, String> values = new TreeMap<>();
    params.getParamsKeys().forEach(name -> values.put(name, params.getParam(name)));
    String name = params.getBenchmark();
    int dot = name.lastIndexOf('.');
    Result<?> result = run.getPrimaryResult();
    return new Measured(
        new Key(name.substring(0, dot), name.substring(dot + 1), values),
        result.getScore(),
        result.getScoreError(),
        result.getScoreUnit());
  }
}
