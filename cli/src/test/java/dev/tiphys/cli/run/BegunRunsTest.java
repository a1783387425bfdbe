package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BegunRunsTest {
  private final BegunRuns waiting = new BegunRuns(() -> Instant.EPOCH, false);
  private final BegunRuns asking = new BegunRuns(() -> Instant.EPOCH, true);

  @Test
  @DisplayName("B3: all is over when one has begun and all that have begun have ended")
  void isOverWhenAllThatHaveBegunHaveEnded() {
    // Given
    boolean none = waiting.over();
    waiting.stored(run("a", Phase.RUNNING));
    waiting.stored(run("b", Phase.RUNNING));

    // When
    waiting.stored(run("a", Phase.FAILED));
    boolean one = waiting.over();
    waiting.stored(run("b", Phase.SUCCEEDED));

    // Then
    assertThat(none).isFalse();
    assertThat(one).isFalse();
    assertThat(waiting.over()).isTrue();
    assertThat(waiting.names()).containsExactly("a", "b");
  }

  @Test
  void isNotOverBeforeTheOneThatWasAskedForHasBegun() {
    // Given
    asking.ask("mine");
    asking.stored(run("theirs", Phase.SUCCEEDED));
    boolean before = asking.over();

    // When
    asking.stored(run("mine", Phase.ERROR));

    // Then
    assertThat(before).isFalse();
    assertThat(asking.over()).isTrue();
  }

  @Test
  @Timeout(10)
  void nobodyWaitsForARunThatWillNotBegin() throws Exception {
    // Given
    BegunRuns interrupted = new BegunRuns(() -> Instant.EPOCH, true);
    BegunRuns closed = new BegunRuns(() -> Instant.EPOCH, true);
    interrupted.interrupt();
    closed.close();
    asking.rejected("no plan");

    // When // Then: it returns
    interrupted.awaitAsked(Duration.ofHours(1));
    closed.awaitAsked(Duration.ofHours(1));
    asking.awaitAsked(Duration.ofHours(1));
    waiting.awaitAsked(Duration.ofHours(1));
  }

  @Test
  void isOverWhenTheOneThatWasAskedForWillNotBegin() {
    // When
    asking.rejected("no plan");

    // Then
    assertThat(asking.over()).isTrue();
    assertThat(asking.rejection()).contains("no plan");
  }

  @Test
  @DisplayName("B3: a run that an event begins which was taken before the end counts, too")
  void isNotOverAgainWhenAnotherBegins() {
    // Given
    waiting.stored(run("a", Phase.SUCCEEDED));

    // When
    waiting.begin(
        () -> {
          waiting.stored(run("b", Phase.RUNNING));
          return true;
        });

    // Then
    assertThat(waiting.closeIfOver()).isFalse();
    assertThat(waiting.unreceptive()).isFalse();
  }

  @Test
  void letsNoneBeginOnceItIsClosed() {
    // Given
    waiting.stored(run("a", Phase.SUCCEEDED));
    waiting.closeIfOver();

    // When // Then
    assertThatThrownBy(() -> waiting.begin(() -> true)).isInstanceOf(Refused.class);
    assertThat(waiting.unreceptive()).isTrue();
  }

  @Test
  void doesNotWaitBeyondTheLimitNorAfterAnInterrupt() throws InterruptedException {
    // Given
    waiting.stored(run("a", Phase.RUNNING));
    boolean late = waiting.awaitOver(Duration.ofMillis(1));

    // When
    waiting.interrupt();

    // Then
    assertThat(late).isFalse();
    assertThat(waiting.awaitOver(null)).isFalse();
    assertThat(waiting.active()).containsExactly("a");
  }

  private static Run run(String name, Phase phase) {
    Node root = new Node.Task("main", new TreeMap<>(), false, phase, "");
    return Run.create(name, "coin", "coin-0", new TreeMap<>(), Instant.EPOCH, "main", root, null);
  }
}
