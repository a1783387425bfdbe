package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTextTest {
  @Test
  void tellsTheRunOnOneLine() {
    assertThat(SummaryText.of(Views.coinflip(), Phase.SUCCEEDED))
        .isEqualTo(
            "Succeeded in 2.3 s: flip-coin 1 active; heads 10 active, 43 queued, 37 succeeded,"
                + " 1,204 skipped; events: coin 1,294, stopsignal 0");
  }

  @ParameterizedTest
  @CsvSource({"PT0.05S,0.1 s", "PT59.9S,59.9 s", "PT65S,1 min 05 s", "PT2H30M,2 h 30 min"})
  void roundsDurationsToWhatPeopleWant(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
