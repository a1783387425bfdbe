package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTextTest {
  @Test
  void tellsTheRunOnOneLine() {
    assertThat(SummaryText.of(Views.run("coinflip-1", Phase.SUCCEEDED)))
        .isEqualTo(
            "Succeeded in 2.3 s: flip-coin 1 active; heads 10 active, 43 queued, 37 succeeded,"
                + " 1,204 skipped; events: coin 1,294, stopsignal 0");
  }

  @Test
  void namesEachOfSeveralAndCountsThem() {
    // Given
    RunView first = Views.run("shop-1", Phase.SUCCEEDED);
    RunView second = Views.run("shop-2", Phase.FAILED);

    // When // Then
    assertThat(SummaryText.named(second)).startsWith("shop-2  Failed in 2.3 s: ");
    assertThat(SummaryText.of(List.of(first, second, first)))
        .isEqualTo("3 runs: 2 Succeeded, 1 Failed");
  }

  @ParameterizedTest
  @CsvSource({"PT0.05S,0.1 s", "PT59.9S,59.9 s", "PT65S,1 min 05 s", "PT2H30M,2 h 30 min"})
  void roundsDurationsToWhatPeopleWant(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
