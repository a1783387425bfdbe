package dev.tiphys.sidecars.watch;

import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What the run watcher tells Prometheus of what it sees, at {@code GET /metrics}. */
final class WatcherMetrics implements AutoCloseable {
  private static final String PATH = "/metrics";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpListener listener;

  private WatcherMetrics(RunWatch watch, InetSocketAddress address) throws IOException {
    GaugeWithCallback.builder()
        .name("tiphys_runs")
        .help("Runs that there are, by phase")
        .labelNames("phase")
        .callback(gauge -> watch.runsByPhase().forEach((phase, runs) -> gauge.call(runs, phase)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("tiphys_task_instances")
        .help("Instances of tasks of the runs that are active, by state")
        .labelNames("state")
        .callback(
            gauge ->
                watch
                    .instancesByState()
                    .forEach((state, instances) -> gauge.call(instances, text(state))))
        .register(registry);
    listener = HttpListener.open(address, this::answer);
  }

  /**
   * Answers scrapes of what the watch sees.
   *
   * @throws IOException if the address is taken
   */
  static WatcherMetrics of(RunWatch watch, InetSocketAddress address) throws IOException {
    return new WatcherMetrics(watch, address);
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return listener.address();
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return HttpAnswer.problem(404, "there is only " + PATH);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return HttpAnswer.methodNotAllowed("GET");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return new HttpAnswer(
        200, Map.of("content-type", PrometheusTextFormatWriter.CONTENT_TYPE), text.toByteArray());
  }

  private static String text(Instance.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    listener.close(Duration.ZERO);
  }
}
