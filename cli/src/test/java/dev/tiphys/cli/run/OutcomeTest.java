package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void succeedsWithExitCodeZero() {
    assertThat(Outcome.of(new Ending.Complete(), Phase.SUCCEEDED, ""))
        .isEqualTo(new Outcome(0, Phase.SUCCEEDED, ""));
  }

  @Test
  void failsWithExitCodeOneAndTheRunsMessage() {
    assertThat(Outcome.of(new Ending.Complete(), Phase.FAILED, "heads failed"))
        .isEqualTo(new Outcome(1, Phase.FAILED, "heads failed"));
  }

  @Test
  void timesOutAsTimeoutDoes() {
    assertThat(Outcome.of(new Ending.TimedOut(Duration.ofSeconds(90)), Phase.RUNNING, ""))
        .isEqualTo(new Outcome(124, Phase.FAILED, "timed out after 1m30s"));
  }

  @Test
  void isInterruptedEvenIfTheInterruptHadFailedATask() {
    assertThat(Outcome.of(new Ending.Interrupted(), Phase.FAILED, "exit code 130"))
        .isEqualTo(new Outcome(130, Phase.FAILED, "interrupted"));
  }
}
