package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
  @Test
  void succeedsWithExitCodeZero() {
    assertThat(
            Outcome.of(new Ending.Complete(), List.of(Phase.SUCCEEDED, Phase.SUCCEEDED), 0, true))
        .isEqualTo(new Outcome(0, ""));
  }

  @ParameterizedTest(name = "B3: one of several runs that is {0} gives exit code 1")
  @EnumSource(names = {"FAILED", "ERROR"})
  void oneOfSeveralRunsThatFailsGivesExitCodeOne(Phase phase) {
    assertThat(Outcome.of(new Ending.Complete(), List.of(Phase.SUCCEEDED, phase), 3, true))
        .isEqualTo(new Outcome(1, ""));
  }

  @Test
  @DisplayName("B3: what was taken and not delivered is a failure of its own")
  void whatWasNotDeliveredIsAFailureOfItsOwn() {
    assertThat(Outcome.of(new Ending.Complete(), List.of(Phase.SUCCEEDED), 3, true))
        .isEqualTo(new Outcome(75, ""));
  }

  @Test
  void booksThatDoNotBalanceAreAFailureOfTheirOwn() {
    assertThat(Outcome.of(new Ending.Complete(), List.of(Phase.SUCCEEDED), 0, false))
        .isEqualTo(new Outcome(76, ""));
  }

  @Test
  void timesOutAsTimeoutDoes() {
    Ending ending = new Ending.TimedOut(Duration.ofSeconds(90));
    assertThat(Outcome.of(ending, List.of(Phase.FAILED), 0, true))
        .isEqualTo(new Outcome(124, "timed out after 1m30s"));
  }

  @Test
  void isInterruptedEvenIfARunHadFailedBefore() {
    assertThat(Outcome.of(new Ending.Interrupted(), List.of(Phase.FAILED), 0, true))
        .isEqualTo(new Outcome(130, "interrupted"));
  }

  @Test
  void aRunThatWasAskedForAndDoesNotBeginIsAWrongCall() {
    assertThat(Outcome.of(new Ending.Rejected("no plan"), List.of(Phase.SUCCEEDED), 0, true))
        .isEqualTo(new Outcome(2, "the run did not begin: no plan"));
  }
}
