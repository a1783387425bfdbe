package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.Counters;
import dev.tiphys.triggers.plan.Reaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @ParameterizedTest
  @CsvSource({
    "200, accepted",
    "202, accepted",
    "410, late",
    "422, rejected",
    "429, deferred",
    "503, deferred",
    "500, fault"
  })
  void countsEventsByFunctionAndOutcome(int status, String outcome) throws IOException {
    // When
    metrics.answered(Reaction.START, status);
    metrics.answered(Reaction.START, status);

    // Then
    assertThat(text())
        .contains("tiphys_events_total{function=\"start\",outcome=\"" + outcome + "\"} 2.0");
  }

  @Test
  void tellsHowManyEventsWereDroppedForTheirSignature() throws IOException {
    // Given
    LongAdder dropped = new LongAdder();
    metrics.unsigned(dropped::sum);

    // When
    dropped.add(3);

    // Then
    assertThat(text()).contains("tiphys_unsigned_events_total 3.0");
  }

  @Test
  @DisplayName("A11: tells how many events were refused for each reason")
  void tellsHowManyEventsWereRefusedByReason() throws IOException {
    // Given
    Map<Counters.Refusal, LongAdder> refused = new EnumMap<>(Counters.Refusal.class);
    metrics.refused(reason -> refused.computeIfAbsent(reason, r -> new LongAdder()).sum());

    // When
    refused.computeIfAbsent(Counters.Refusal.NO_RUN, r -> new LongAdder()).add(2);

    // Then
    assertThat(text())
        .contains(
            "tiphys_refused_events_total{reason=\"no-run\"} 2.0",
            "tiphys_refused_events_total{reason=\"parameter\"} 0.0",
            "tiphys_refused_events_total{reason=\"too-many-runs\"} 0.0");
  }

  @Test
  void tellsHowLongDecidingAndTheApiServerTook() throws IOException {
    // When
    metrics.decided(Reaction.STOP, Duration.ofMillis(2));
    metrics.called("POST", 201, Duration.ofMillis(4));

    // Then
    assertThat(text())
        .contains(
            "tiphys_decide_duration_seconds_bucket{function=\"stop\",le=\"0.001\"} 0",
            "tiphys_decide_duration_seconds_bucket{function=\"stop\",le=\"0.0025\"} 1",
            "tiphys_api_request_duration_seconds_count{method=\"POST\",status=\"201\"} 1");
  }

  @Test
  void tellsWhenTheProcessGaveItsFirstAnswer() throws IOException {
    // Given
    metrics.ready();
    metrics.answered(Reaction.START, 202);
    String first = coldStart();

    // When
    metrics.answered(Reaction.START, 202);

    // Then
    assertThat(first).startsWith("tiphys_cold_start_seconds{until=\"first-answer\"} ");
    assertThat(coldStart()).isEqualTo(first);
  }

  @Test
  void isServedBesideTheFunctions() throws Exception {
    // Given
    metrics.deadLetter();
    try (HttpFront front = HttpFront.open(0, new CompletableFuture<>(), () -> true, metrics);
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + front.port() + "/metrics");

      // When
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(response.body()).contains("tiphys_dead_letters_total 1.0");
    }
  }

  private String coldStart() throws IOException {
    return text().lines().filter(line -> line.contains("first-answer")).findFirst().orElseThrow();
  }

  private String text() throws IOException {
    return new String(metrics.scrape().body(), StandardCharsets.UTF_8);
  }
}
