package dev.tiphys.sidecars.lifecycle;

import static dev.tiphys.sidecars.publish.Fixtures.NOW;
import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.contract;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleWatcherTest {
  private static final Set<Moment> ALL = Set.of(Moment.values());
  private final FakeSink sink = FakeSink.healthy();
  private final Publisher publisher =
      Publisher.start(contract(), "lifecycle", sink, surroundings());
  private final CompletableFuture<Started> started = new CompletableFuture<>();
  private final CompletableFuture<Ended> ended = new CompletableFuture<>();

  @Test
  void tellsTheStartAndTheSuccess() {
    // Given
    new LifecycleWatcher(publisher, ALL).start(started, ended);
    // When
    started.complete(new Started(NOW));
    ended.complete(ended(0, false));
    await(publisher.done());
    // Then
    assertThat(data())
        .containsExactly(
            "{\"state\":\"created\",\"createdAt\":\"2026-01-02T03:04:05Z\"}",
            "{\"state\":\"started\",\"startedAt\":\"2026-01-02T03:04:05Z\"}",
            "{\"state\":\"ready\",\"readyAt\":\"2026-01-02T03:04:05Z\"}",
            """
            {"state":"success","exitCode":0,"reason":"Completed","message":"exit code 0",\
            "startedAt":"2026-01-02T03:04:05Z","finishedAt":"2026-01-02T03:04:06Z"}\
            """);
  }

  @Test
  void tellsNothingButTheListedMomentsAndEndsItsStream() {
    // Given
    new LifecycleWatcher(publisher, Set.of(Moment.SUCCESS)).start(started, ended);
    // When
    started.complete(new Started(NOW));
    ended.complete(ended(1, false));
    await(publisher.done());
    // Then
    assertThat(sink.events()).isEmpty();
    assertThat(sink.marker().getExtension(Attributes.SEQUENCE)).isEqualTo("000000000000");
  }

  @Test
  void aTaskThatWasStoppedNeitherSucceededNorFailed() {
    // Given
    new LifecycleWatcher(publisher, ALL).start(started, ended);
    // When
    ended.complete(ended(143, true));
    await(publisher.done());
    // Then
    assertThat(data())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"state\":\"stopped\",\"exitCode\":143");
  }

  @Test
  void aTaskThatCouldNotBeStartedHasFailed() {
    // Given
    new LifecycleWatcher(publisher, ALL).start(started, ended);
    // When
    ended.complete(new Ended(null, false, "StartError", "no such command", null, NOW));
    await(publisher.done());
    // Then
    assertThat(data())
        .containsExactly(
            "{\"state\":\"created\",\"createdAt\":\"2026-01-02T03:04:05Z\"}",
            """
            {"state":"failure","reason":"StartError","message":"no such command",\
            "finishedAt":"2026-01-02T03:04:05Z"}\
            """);
  }

  @ParameterizedTest
  @CsvSource({"OOMKilled, oomkilled", "Evicted, evicted"})
  void whoeverKilledATaskItHasFailedAsWell(String reason, String state) {
    // Given
    new LifecycleWatcher(publisher, ALL).start(started, ended);
    // When
    ended.complete(new Ended(137, false, reason, "", NOW, NOW));
    await(publisher.done());
    // Then
    assertThat(data()).hasSize(3);
    assertThat(data().get(1)).startsWith("{\"state\":\"" + state + "\",\"exitCode\":137");
    assertThat(data().get(2)).startsWith("{\"state\":\"failure\",\"exitCode\":137");
  }

  @Test
  void aTaskThatCannotBeObservedEndsTheStream() {
    // Given
    new LifecycleWatcher(publisher, ALL).start(started, ended);
    // When
    ended.completeExceptionally(new IllegalStateException("lost"));
    // Then
    assertThat(await(publisher.done()).published()).isZero();
  }

  private static Ended ended(@Nullable Integer exitCode, boolean stopped) {
    return new Ended(
        exitCode, stopped, "Completed", "exit code " + exitCode, NOW, NOW.plusSeconds(1));
  }

  private List<String> data() {
    return sink.events().stream()
        .map(event -> new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8))
        .toList();
  }
}
