package dev.tiphys.sidecars.logs;

import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StdoutSidecarTest {
  private static final Duration GRACE = Fixtures.DEADLINE;
  private static final int LINES = 50;

  @TempDir Path state;
  @TempDir Path pod;
  private final FakeSink sink = FakeSink.healthy();
  private Lines lines = Lines.EVERY;
  private RuntimeLog written = new RuntimeLog(Path.of(""));

  @BeforeEach
  void log() {
    written = new RuntimeLog(pod.resolve("main"));
  }

  @Test
  void publishesTheWatchedOutputAloneAndThenTheMarker() throws Exception {
    // Given
    StdoutSidecar sidecar = start(Stream.STDOUT, OnStop.DISCARD, sink);
    written.line("stdout", "heads");
    written.line("stderr", "oops");
    written.line("stdout", "tails");
    // When
    boolean whole = sidecar.end(GRACE);
    // Then
    assertThat(whole).isTrue();
    assertThat(sink.events())
        .extracting(StdoutSidecarTest::text)
        .containsExactly(
            "{\"content\":\"heads\",\"stream\":\"stdout\",\"line\":1}",
            "{\"content\":\"tails\",\"stream\":\"stdout\",\"line\":2}");
    assertThat(sink.marker().getId()).isEqualTo("uid-7/watcher/stdout/end");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 49, 50})
  void aKillAnywhereLosesNothingAndGivesEachLineItsNumberAgain(int posts) throws Exception {
    // Given
    for (int i = 1; i <= LINES; i++) {
      written.line("stdout", "line " + i);
    }
    start(Stream.BOTH, OnStop.DISCARD, deadAfter(posts));
    Conditions.await(() -> sink.taken().size() == posts);
    // When
    boolean whole = start(Stream.BOTH, OnStop.DISCARD, sink).end(GRACE);
    // Then
    assertThat(whole).isTrue();
    assertThat(Fixtures.numbers(sink.events())).hasSize(LINES).doesNotHaveDuplicates();
    assertThat(sink.taken())
        .filteredOn(event -> event.getData() != null)
        .allSatisfy(
            event ->
                assertThat(text(event))
                    .contains("line " + event.getId().replace("uid-7/watcher/both/", "") + "\""));
  }

  @Test
  void aStopThrowsAwayWhatIsNotPublishedAlsoInTheNextLife() throws Exception {
    // Given
    StdoutSidecar stopped = start(Stream.STDOUT, OnStop.DISCARD, deadAfter(0));
    stopped.stopped();
    written.line("stdout", "heads");
    // When
    boolean whole = start(Stream.STDOUT, OnStop.DISCARD, sink).end(GRACE);
    // Then
    assertThat(whole).isTrue();
    assertThat(sink.events()).isEmpty();
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isEqualTo("1");
  }

  @Test
  void aStopLetsADrainingStreamGoOn() throws Exception {
    // Given
    StdoutSidecar sidecar = start(Stream.STDOUT, OnStop.DRAIN, sink);
    // When
    sidecar.stopped();
    written.line("stdout", "heads");
    sidecar.end(GRACE);
    // Then
    assertThat(sink.events()).hasSize(1);
  }

  @Test
  void saysWhenNotAllWasPublishedInTime() throws Exception {
    // Given
    written.line("stdout", "heads");
    StdoutSidecar sidecar = start(Stream.STDOUT, OnStop.DISCARD, deadAfter(0));
    // When
    boolean whole = sidecar.end(Duration.ofMillis(300));
    // Then
    assertThat(whole).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 24, 25})
  void aKillAnywhereGivesPickedLinesTheirNumbersAgain(int posts) throws Exception {
    // Given
    lines = new Lines("[02468]$", Format.LINE, 1_000);
    for (int i = 1; i <= LINES; i++) {
      written.line("stdout", "line " + i);
    }
    start(Stream.STDOUT, OnStop.DISCARD, deadAfter(posts));
    Conditions.await(() -> sink.taken().size() == posts);
    // When
    start(Stream.STDOUT, OnStop.DISCARD, sink).end(GRACE);
    // Then
    assertThat(Fixtures.numbers(sink.events())).hasSize(LINES / 2).doesNotHaveDuplicates();
    assertThat(sink.taken())
        .filteredOn(event -> event.getData() != null)
        .allSatisfy(
            event ->
                assertThat(text(event))
                    .contains("\"line " + 2 * Fixtures.numbers(List.of(event)).getFirst() + "\""));
  }

  @Test
  void aGapIsAnEventWhateverLinesArePicked() throws Exception {
    // Given
    lines = new Lines("^heads", Format.LINE, 1_000);
    written.line("stdout", "heads 1");
    StdoutSidecar sidecar = start(Stream.STDOUT, OnStop.DISCARD, sink);
    Conditions.await(() -> sink.taken().size() == 1);
    // When
    Files.delete(pod.resolve("main/0.log"));
    written.line("stdout", "heads 2");
    sidecar.end(GRACE);
    // Then
    assertThat(sink.events()).extracting(StdoutSidecarTest::text).hasSize(3);
    assertThat(text(sink.events().get(1))).startsWith("{\"gap\":{\"after\":");
  }

  /** What a life that is killed after so many posts gets across. */
  private Transport deadAfter(int posts) {
    return event -> {
      synchronized (sink) {
        if (sink.posts() < posts) {
          return sink.post(event);
        }
      }
      new CountDownLatch(1).await();
      throw new IOException("never");
    };
  }

  private StdoutSidecar start(Stream stream, OnStop onStop, Transport transport) {
    StdoutSettings settings =
        new StdoutSettings(
            new SidecarSettings(Fixtures.contract(), onStop, state, List.of(0), GRACE),
            stream,
            lines,
            new Capture.Files(pod.resolve("main")),
            "main");
    FileLog log = new FileLog(pod.resolve("main"), 1_000);
    return StdoutSidecar.start(settings, log, transport, surroundings());
  }

  private static String text(CloudEvent event) {
    return event.getData() == null
        ? ""
        : new String(event.getData().toBytes(), StandardCharsets.UTF_8);
  }
}
