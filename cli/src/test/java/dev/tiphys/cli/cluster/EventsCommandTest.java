package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.run.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
  private static final String EVENT =
      """
      {"specversion":"1.0","id":"1","source":"/me","type":"order","data":{"goods":"bread"}}
      """;

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int PATIENCE_SECONDS = 30;

  @TempDir private Path folder;
  private FakeCluster cluster;
  private String run;

  @BeforeEach
  void open() throws Exception {
    cluster = new FakeCluster(folder).install();
    run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  @DisplayName("E7: it ends with the run, without a word of its log's being cut")
  void e7EndsWhenTheRunIsOver() throws Exception {
    // Given
    CompletableFuture<Call> call = events();
    cluster.showEvents("", LONG);

    // When
    cluster.end(run, Phase.SUCCEEDED, "");

    // Then
    Call ended = ended(call);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).endsWith("the run is over: no more events come\n");
    assertThat(ended.err()).doesNotContain("null", "read");
  }

  @Test
  @DisplayName("E7: it ends when the run is deleted, though its pod goes first")
  void e7EndsWhenTheRunIsGone() throws Exception {
    // Given
    CompletableFuture<Call> call = events();
    cluster.showEvents(EVENT, Duration.ZERO);

    // When
    cluster.tiphys("delete", run);

    // Then
    Call ended = ended(call);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("order  /me 1  {\"goods\":\"bread\"}\n");
    assertThat(ended.err()).endsWith("the run is gone: no more events come\n");
  }

  @Test
  @DisplayName("E7: it ends when the run is deleted before anything can be shown")
  void e7EndsWhenTheRunGoesBeforeItIsReady() throws Exception {
    // Given
    CompletableFuture<Call> call = events();

    // When
    cluster.tiphys("delete", run);

    // Then
    Call ended = ended(call);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).isEqualTo("the run is gone: no more events come\n");
  }

  @Test
  @DisplayName("E7: it says from when on it shows events, and which ones it does not show")
  void e7SaysFromWhenItShowsEvents() throws Exception {
    // Given
    CompletableFuture<Call> call = events();
    cluster.showEvents(EVENT, LONG);

    // When
    cluster.end(run, Phase.SUCCEEDED, "");

    // Then
    assertThat(ended(call).err())
        .containsPattern(
            "^events of "
                + run
                + " since \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z; those before are not shown, nor those from"
                + " outside\n");
  }

  @Test
  @DisplayName("E7: it fails when its pod has gone and the run goes on, and says so")
  void e7FailsWhenItsPodGoesBeforeTheRun() throws Exception {
    // Given
    CompletableFuture<Call> call = events();

    // When
    cluster.showEvents(EVENT, Duration.ZERO);

    // Then
    Call ended = ended(call);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ended.err())
        .contains("the run goes on: the pod that received them is gone: " + run + "-events-");
  }

  private CompletableFuture<Call> events() {
    return CompletableFuture.supplyAsync(() -> cluster.tiphys("events", run));
  }

  private static Call ended(CompletableFuture<Call> call) throws Exception {
    return call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
