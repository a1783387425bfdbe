package dev.tiphys.tests.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations of one operation, in milliseconds. */
final class Sample {
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Double> millis = new ArrayList<>();

  void addNanos(long nanos) {
    addMillis(nanos / NANOS_PER_MILLI);
  }

  void addMillis(double duration) {
    millis.add(duration);
  }

  int size() {
    return millis.size();
  }

  /**
   * @param share 0.5 for the median
   */
  double quantile(double share) {
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }
}
