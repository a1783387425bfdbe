package dev.tiphys.knative;

import java.util.Map;

/**
 * Where Prometheus finds a pod's metrics, by the annotations that its usual configuration reads.
 */
final class Scraping {
  /** Knative's default for the container of a Service, too. */
  static final int PORT = 8080;

  static final Map<String, String> ANNOTATIONS =
      Map.of(
          "prometheus.io/scrape", "true",
          "prometheus.io/port", Integer.toString(PORT),
          "prometheus.io/path", "/metrics");

  private Scraping() {}
}
