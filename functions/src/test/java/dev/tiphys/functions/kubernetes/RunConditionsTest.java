package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunConditionsTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00.5Z");

  @Test
  @DisplayName("E5: a run that goes on progresses")
  void e5ARunThatGoesOnProgresses() {
    assertThat(conditions(Phase.RUNNING, ""))
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Completed", "False", "Running"),
            tuple("Progressing", "True", "Running"),
            tuple("Stalled", "False", "Running"),
            tuple("Accounted", "Unknown", "Running"));
  }

  @Test
  @DisplayName("E5: a run of which something cannot start is stalled, and says for what it waits")
  void e5ARunThatWaitsIsStalled() {
    List<Condition> conditions = conditions(Phase.RUNNING, "flip: ImagePullBackOff");

    assertThat(conditions)
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Completed", "False", "TaskCannotStart"),
            tuple("Progressing", "False", "TaskCannotStart"),
            tuple("Stalled", "True", "TaskCannotStart"),
            tuple("Accounted", "Unknown", "Running"));
    assertThat(conditions.get(2).getMessage()).isEqualTo("flip: ImagePullBackOff");
  }

  @Test
  @DisplayName("E5: a run that is over is completed, however it ended, and neither of the others")
  void e5ARunThatIsOverIsCompleted() {
    List<Condition> conditions = conditions(Phase.FAILED, "heads failed");

    assertThat(conditions)
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Completed", "True", "Failed"),
            tuple("Progressing", "False", "Failed"),
            tuple("Stalled", "False", "Failed"),
            tuple("Accounted", "True", "Failed"));
    assertThat(conditions.getFirst().getMessage()).isEqualTo("heads failed");
  }

  @Test
  @DisplayName("E5: a condition holds since its status has changed, not its reason")
  void e5AConditionHoldsSinceItsStatusHasChanged() {
    // Given
    List<Condition> before = RunConditions.of(summary(Phase.RUNNING, ""), List.of(), THEN);

    // When
    List<Condition> now = RunConditions.of(summary(Phase.RUNNING, "flip: Pending"), before, NOW);

    // Then
    assertThat(now)
        .extracting(Condition::getType, Condition::getLastTransitionTime)
        .containsExactly(
            tuple("Completed", "2026-01-01T00:00:00Z"),
            tuple("Progressing", "2026-01-01T00:01:00Z"),
            tuple("Stalled", "2026-01-01T00:01:00Z"),
            tuple("Accounted", "2026-01-01T00:00:00Z"));
  }

  @Test
  @DisplayName("B1: a run of whose own events some are not accounted for says so")
  void b1ARunWhoseEventsAreNotAccountedForSaysSo() {
    // Given
    Summary summary =
        new Summary(
            "coinflip-1",
            Phase.SUCCEEDED,
            "",
            new TreeMap<>(),
            Fates.NONE,
            List.of("start main/heads has not heard all coin of flip-1 (watch)"));
    // When
    Condition accounted = RunConditions.of(summary, List.of(), NOW).getLast();
    // Then
    assertThat(accounted.getType()).isEqualTo("Accounted");
    assertThat(accounted.getStatus()).isEqualTo("False");
    assertThat(accounted.getReason()).isEqualTo("EventsOutstanding");
    assertThat(accounted.getMessage()).contains("start main/heads");
  }

  private static List<Condition> conditions(Phase phase, String message) {
    return RunConditions.of(summary(phase, message), List.of(), NOW);
  }

  private static Summary summary(Phase phase, String message) {
    return new Summary("coinflip-1", phase, message, new TreeMap<>(), Fates.NONE, List.of());
  }
}
