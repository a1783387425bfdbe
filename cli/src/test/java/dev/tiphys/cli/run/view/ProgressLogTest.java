package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
  private static final String RUN = Views.coinflip().run();

  private final ProgressLog log = new ProgressLog();

  @Test
  void givesTheFirstChangesALineOfTheirOwn() {
    assertThat(log.changed(instance(1, State.RUNNING, ""))).contains("heads: heads-1 started");
    assertThat(log.changed(instance(1, State.FAILED, "exit code 1\u001b[2J")))
        .contains("heads: heads-1 failed: exit code 1\\u{1b}[2J");
  }

  @Test
  void tellsAFloodByItsCounts() {
    // Given
    long lines =
        IntStream.range(0, 1000)
            .mapToObj(i -> log.changed(instance(i, State.RUNNING, "")))
            .flatMap(Optional::stream)
            .count();

    // When
    List<String> counts = log.counts(List.of(Views.coinflip()));

    // Then
    assertThat(lines).isEqualTo(ProgressLog.SINGLE);
    assertThat(counts).containsExactly("heads: 10 active, 43 queued, 37 succeeded, 1,204 skipped");
  }

  @Test
  void doesNotRepeatCountsThatHaveNotChanged() {
    // Given
    IntStream.range(0, 10).forEach(i -> log.changed(instance(i, State.RUNNING, "")));
    log.counts(List.of(Views.coinflip()));
    log.changed(instance(11, State.RUNNING, ""));

    // When
    List<String> counts = log.counts(List.of(Views.coinflip()));

    // Then
    assertThat(counts).isEmpty();
  }

  @Test
  void tellsAWarningOnce() {
    assertThat(log.newWarnings(List.of("a"))).containsExactly("! a");
    assertThat(log.newWarnings(List.of("a", "b"))).containsExactly("! b");
  }

  @Test
  @DisplayName("B3: with several runs each line says which")
  void saysWhichRunItIsOnceThereAreSeveral() {
    // Given
    Optional<String> alone = log.changed(instance(1, State.RUNNING, ""));
    log.counts(List.of(Views.coinflip(), Views.run("coinflip-2", Phase.RUNNING)));

    // When
    List<String> changes =
        IntStream.range(0, 10)
            .mapToObj(i -> log.changed(instance("coinflip-2", i, State.RUNNING, "")))
            .flatMap(Optional::stream)
            .toList();
    List<String> counts =
        log.counts(List.of(Views.coinflip(), Views.run("coinflip-2", Phase.RUNNING)));

    // Then
    assertThat(alone).contains("heads: heads-1 started");
    assertThat(changes)
        .hasSize(ProgressLog.SINGLE)
        .startsWith("coinflip-2  heads: heads-0 started");
    assertThat(counts)
        .containsExactly("coinflip-2  heads: 10 active, 43 queued, 37 succeeded, 1,204 skipped");
  }

  @Test
  @DisplayName("B9: for what a task waits is told with it")
  void saysForWhatATaskWaits() {
    assertThat(log.changed(instance(1, State.PENDING, "ImagePullBackOff x:1")))
        .contains("heads: heads-1 pending: ImagePullBackOff x:1");
  }

  private static Instance instance(int number, State state, String message) {
    return instance(RUN, number, state, message);
  }

  private static Instance instance(String run, int number, State state, String message) {
    return new Instance(
        new Instance.Identity(
            "heads-" + number, "coinflip", run, "coin[0].heads", "heads", null, 0),
        state,
        true,
        false,
        message,
        Instant.EPOCH);
  }
}
