package dev.tiphys.sidecars.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {
  @ParameterizedTest
  @DisplayName("C2: a label is any text that an event can carry")
  @ValueSource(strings = {"Z\u00fcrich", "50%20off", "\"two words\"", "\u20ac \ud83d\ude00", ""})
  void takesAnyText(String value) {
    assertThat(Stamps.problem("shift", value)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("C2: a label that no event can carry is refused")
  @ValueSource(strings = {"two\nlines", "\u0000", "\u007f", "\u0085", "party \ud83c", "\ufffe"})
  void refusesWhatNoEventCarries(String value) {
    assertThat(Stamps.problem("shift", value)).isPresent();
  }

  @Test
  void refusesAnEmptyName() {
    assertThat(Stamps.problem("", "x")).isPresent();
  }
}
