package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodIndexTest {
  private static final Duration NO_TIME = Duration.ZERO;
  private final PodIndex index = new PodIndex(NO_TIME);

  @Test
  void isUnavailableUntilThePodsAreListed() {
    assertThatThrownBy(() -> index.of("run")).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("A3: a version far ahead of what the cluster has come to is not waited for")
  void aVersionFarAheadIsNotWaitedFor() {
    // Given
    index.listed(List.of(), 1);

    // Then
    index.await(9_000_000_000_000_000_000L);
    assertThatThrownBy(() -> index.await(2)).isInstanceOf(Unavailable.class);
  }

  @Test
  void isUnavailableWhileTheWatchIsBroken() {
    // Given
    index.listed(List.of(pod("a", 1)), 1);

    // When
    index.lost();

    // Then
    assertThatThrownBy(() -> index.of("run")).isInstanceOf(Unavailable.class);
    index.listed(List.of(pod("a", 1)), 2);
    assertThat(versions()).containsExactly(1L);
  }

  @Test
  void showsWhatThisProcessWroteBeforeTheWatchTells() {
    // Given
    index.listed(List.of(), 1);

    // When
    index.wrote(pod("a", 5));

    // Then
    assertThat(versions()).containsExactly(5L);
  }

  @Test
  void doesNotTakeAnAnswerForNewerThanWhatTheWatchHasTold() {
    // Given
    index.listed(List.of(), 1);
    index.changed(pod("a", 5));
    index.gone("a", "uid-a", 7);

    // When the answer to the write comes after all
    index.wrote(pod("a", 5));

    // Then
    assertThat(versions()).isEmpty();
  }

  @Test
  void keepsItsOwnWriteWhenTheWatchTellsOlderThings() {
    // Given
    index.listed(List.of(), 1);
    index.wrote(pod("a", 9));

    // When
    index.changed(pod("a", 5));

    // Then
    assertThat(versions()).containsExactly(9L);
  }

  @Test
  void keepsItsOwnWriteThatIsNewerThanAList() {
    // Given
    index.wrote(pod("a", 9));

    // When
    index.listed(List.of(pod("b", 3)), 8);

    // Then
    assertThat(versions()).containsExactlyInAnyOrder(9L, 3L);
  }

  @Test
  void forgetsWhatAListDoesNotKnowAnyMore() {
    // Given
    index.listed(List.of(pod("a", 1), pod("b", 2)), 2);

    // When
    index.listed(List.of(pod("b", 2)), 9);

    // Then
    assertThat(versions()).containsExactly(2L);
  }

  @Test
  void aDeletedPodDoesNotComeBackByWhatTheWatchStillHasToTell() {
    // Given
    SeenPod pod = pod("a", 2);
    index.listed(List.of(pod), 2);

    // When
    index.deleted(pod);
    index.changed(pod("a", 3));
    index.listed(List.of(pod("a", 3)), 3);

    // Then
    assertThat(versions()).isEmpty();
    index.gone("a", "uid-a", 4);
    assertThat(versions()).isEmpty();
  }

  @Test
  void aNamesakeOfADeletedPodIsShown() {
    // Given
    SeenPod old = pod("a", 2);
    index.listed(List.of(old), 2);
    index.deleted(old);

    // When
    SeenPod namesake =
        new SeenPod("uid-new", 5, "owner", false, false, null, null, false, false, old.instance());
    index.changed(namesake);

    // Then
    assertThat(index.of("run")).containsExactly(namesake);
  }

  @Test
  void waitsForAVersionThatSomebodyHasSeen() throws Exception {
    // Given
    PodIndex patient = new PodIndex(Duration.ofSeconds(30));
    patient.listed(List.of(), 1);

    // When
    CompletableFuture<Void> caughtUp = CompletableFuture.runAsync(() -> patient.await(7));
    patient.changed(pod("a", 6));
    boolean early = caughtUp.isDone();
    patient.reached(7);

    // Then
    caughtUp.get(30, TimeUnit.SECONDS);
    assertThat(early).isFalse();
  }

  @Test
  void aWriteOfItsOwnDoesNotStandForWhatTheWatchHasYetToTell() {
    // Given
    index.listed(List.of(), 1);

    // When
    index.wrote(pod("a", 9));

    // Then
    assertThatThrownBy(() -> index.await(8)).isInstanceOf(Unavailable.class);
  }

  private List<Long> versions() {
    return index.of("run").stream().map(SeenPod::version).toList();
  }

  private static SeenPod pod(String name, long version) {
    Instance instance =
        new Instance(
            new Instance.Identity(name, "flow", "run", "main/0/a", "task", null, 0),
            State.PENDING,
            false,
            false,
            "",
            Instant.EPOCH);
    return new SeenPod(
        "uid-" + name, version, "owner", false, false, null, null, false, false, instance);
  }
}
