package dev.tiphys.functions.shell;

import dev.tiphys.functions.Counters;
import dev.tiphys.functions.ReactionObserver;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** What the functions tell Prometheus, since this process was started; times are in seconds. */
final class Metrics implements ReactionObserver {
  private static final double[] DECIDE_BOUNDS = {.0001, .00025, .0005, .001, .0025, .005, .01, .1};
  private static final double[] API_BOUNDS = {.001, .0025, .005, .01, .025, .05, .1, .5, 1, 10};
  private static final int FAULT = 500;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Counter events =
      Counter.builder()
          .name("tiphys_events_total")
          .help("Events by function and by what became of them")
          .labelNames("function", "outcome")
          .register(registry);
  private final Counter turnedAway =
      Counter.builder()
          .name("tiphys_turned_away_total")
          .help("Requests without a token of the Broker's Triggers, by the status they got")
          .labelNames("status")
          .register(registry);
  private final Counter deadLetters =
      Counter.builder()
          .name("tiphys_dead_letters_total")
          .help("Events that a broker gave up on")
          .register(registry);
  private final Counter fates =
      Counter.builder()
          .name("tiphys_event_fates_total")
          .help("What became of events at those who listen to them, repeats among them")
          .labelNames("fate")
          .register(registry);
  private final Histogram decisions =
      Histogram.builder()
          .name("tiphys_decide_duration_seconds")
          .help("What deciding took, without reading and writing")
          .labelNames("function")
          .classicOnly()
          .classicUpperBounds(DECIDE_BOUNDS)
          .register(registry);
  private final Histogram calls =
      Histogram.builder()
          .name("tiphys_api_request_duration_seconds")
          .help("What the API server took to answer")
          .labelNames("method", "status")
          .classicOnly()
          .classicUpperBounds(API_BOUNDS)
          .register(registry);
  private final Gauge coldStart =
      Gauge.builder()
          .name("tiphys_cold_start_seconds")
          .help("From the start of the process until it was ready, and until its first answer")
          .labelNames("until")
          .register(registry);

  /** The functions can be called. */
  void ready() {
    coldStart.labelValues("ready").set(seconds(sinceStart()));
  }

  /** A function has answered with that HTTP status. */
  void answered(Reaction function, int status) {
    events.labelValues(function.lowerCaseName(), outcome(status)).inc();
    if (answered.compareAndSet(false, true)) {
      coldStart.labelValues("first-answer").set(seconds(sinceStart()));
    }
  }

  /** Has what the functions count themselves told as well. */
  void unsigned(LongSupplier dropped) {
    CounterWithCallback.builder()
        .name("tiphys_unsigned_events_total")
        .help("Events that claimed to be of a run and were not signed by it; they were dropped")
        .callback(counter -> counter.call((double) dropped.getAsLong()))
        .register(registry);
  }

  /** The same of those that were refused, by reason. */
  void refused(ToLongFunction<Counters.Refusal> refused) {
    CounterWithCallback.builder()
        .name("tiphys_refused_events_total")
        .help("Events from outside that were refused, by reason")
        .labelNames("reason")
        .callback(
            counter -> {
              for (Counters.Refusal reason : Counters.Refusal.values()) {
                counter.call((double) refused.applyAsLong(reason), reason.label());
              }
            })
        .register(registry);
  }

  /** A request was not let in, and answered with that HTTP status. */
  void turnedAway(int status) {
    turnedAway.labelValues(Integer.toString(status)).inc();
  }

  /** A dead letter came. */
  void deadLetter() {
    deadLetters.inc();
  }

  @Override
  public void decided(Reaction function, Duration took) {
    decisions.labelValues(function.lowerCaseName()).observe(seconds(took));
  }

  @Override
  public void fated(CloudEvent event, String run, String listener, Fate fate) {
    fates.labelValues(fate.label()).inc();
  }

  /** The API server has answered, or has not. */
  void called(String method, int status, Duration took) {
    calls.labelValues(method, Integer.toString(status)).observe(seconds(took));
  }

  /** All of it, as Prometheus reads it. */
  HttpAnswer scrape() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return new HttpAnswer(
        200, Map.of("content-type", PrometheusTextFormatWriter.CONTENT_TYPE), text.toByteArray());
  }

  private static String outcome(int status) {
    if (status < 300) {
      return "accepted";
    }
    return switch (status) {
      case 403 -> "forbidden";
      case 410 -> "late";
      case 429, 503 -> "deferred";
      default -> status < FAULT ? "rejected" : "fault";
    };
  }

  private static Duration sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(Duration.ZERO);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
