package dev.tiphys.sidecars.watch;

import static dev.tiphys.sidecars.watch.SupersededPlans.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.watch.PlanRoute.Kind;
import dev.tiphys.sidecars.watch.SupersededPlans.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupersededPlansTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** Of the runs of {@link Sample}. */
  private static final String PLAN = "coinflip-0";

  private static final PlanRoute BEGIN =
      new PlanRoute(Kind.TRIGGER, "coinflip-begin", "coinflip", "coinflip-1", true, null);
  private static final PlanRoute CURRENT =
      new PlanRoute(Kind.TRIGGER, "coinflip-1-start", "coinflip", "coinflip-1", false, null);

  @Test
  void thePlanThatWasAppliedLastStaysWithoutAnyRun() {
    assertThat(SupersededPlans.next(List.of(BEGIN, CURRENT), List.of(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"Pending", "Running"})
  void anOlderPlanStaysWhileARunOfItIsNotOver(@Nullable String phase) {
    // Given
    List<WatchedRun> runs = List.of(Sample.run("mine", phase));

    // Then
    assertThat(SupersededPlans.next(List.of(BEGIN, older(null)), runs, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Succeeded", "Failed", "Error"})
  void anOlderPlanIsRetiredWithItsLastRun(String phase) {
    // Given
    PlanRoute older = older(null);
    List<WatchedRun> runs = List.of(Sample.run("mine", phase));

    // Then
    assertThat(SupersededPlans.next(List.of(BEGIN, CURRENT, older), runs, NOW))
        .contains(new Step.Retire(older));
  }

  @Test
  void whatIsRetiredGoesAfterAWhile() {
    // Given
    PlanRoute older = older(NOW);
    List<PlanRoute> all = List.of(BEGIN, older);

    // Then
    assertThat(SupersededPlans.next(all, List.of(), NOW.plus(GRACE).minusMillis(1))).isEmpty();
    assertThat(SupersededPlans.next(all, List.of(), NOW.plus(GRACE)))
        .contains(new Step.Delete(older));
  }

  @Test
  void whatARunNeedsComesBeforeWhatIsToGo() {
    // Given
    PlanRoute needed =
        new PlanRoute(Kind.TRIGGER, "coinflip-1-stop", "coinflip", "coinflip-1", false, NOW);

    // Then
    assertThat(
            SupersededPlans.next(
                List.of(BEGIN, older(null), older(NOW), needed), List.of(), NOW.plus(GRACE)))
        .contains(new Step.Restore(needed));
  }

  @Test
  void aRunThatBeginsAfterAllHasItsRoutesBack() {
    // Given
    PlanRoute older = older(NOW);
    List<WatchedRun> runs = List.of(Sample.run("late", "Running"));

    // Then
    assertThat(SupersededPlans.next(List.of(BEGIN, older), runs, NOW.plus(GRACE)))
        .contains(new Step.Restore(older));
  }

  @Test
  void aPlanThatIsAppliedAgainHasItsRoutesBack() {
    // Given
    PlanRoute again =
        new PlanRoute(Kind.TRIGGER, "coinflip-1-stop", "coinflip", "coinflip-1", false, NOW);

    // Then
    assertThat(SupersededPlans.next(List.of(BEGIN, again), List.of(), NOW.plus(GRACE)))
        .contains(new Step.Restore(again));
  }

  @Test
  void nothingGoesWhereItCannotBeToldWhatWasAppliedLast() {
    assertThat(SupersededPlans.next(List.of(older(null)), List.of(), NOW)).isEmpty();
  }

  @Test
  void anotherWorkflowOfTheNamespaceIsNoReason() {
    // Given
    PlanRoute other = new PlanRoute(Kind.TRIGGER, "other-1-start", "other", "other-1", false, null);

    // Then
    assertThat(SupersededPlans.next(List.of(BEGIN, other), List.of(), NOW)).isEmpty();
  }

  @Test
  void theWatcherStaysUpWhileSomethingIsOnItsWayOut() {
    assertThat(SupersededPlans.pending(List.of(BEGIN, older(NOW)))).isTrue();
    assertThat(SupersededPlans.pending(List.of(BEGIN, CURRENT))).isFalse();
  }

  private static PlanRoute older(@Nullable Instant retiredAt) {
    return new PlanRoute(Kind.EVENT_POLICY, "coinflip-0-start", "coinflip", PLAN, false, retiredAt);
  }
}
