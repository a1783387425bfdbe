package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.shell.Settings.ClusterKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void hasADefaultForEachKey() {
    assertThat(Settings.from(Map.of()))
        .isEqualTo(usable(8080, "/etc/tiphys/plans", ClusterKind.MEMORY));
  }

  @Test
  void readsEachKey(@TempDir Path plans) {
    // Given
    Map<String, String> environment =
        Map.of("PORT", "0", "TIPHYS_PLANS", plans.toString(), "TIPHYS_CLUSTER", "memory");

    // When
    Settings.Reading reading = Settings.from(environment);

    // Then
    assertThat(reading).isEqualTo(usable(0, plans.toString(), ClusterKind.MEMORY));
  }

  @Test
  void takesAnEmptyVariableForAbsent() {
    assertThat(Settings.from(Map.of("PORT", "", "TIPHYS_PLANS", " ", "TIPHYS_CLUSTER", "")))
        .isEqualTo(Settings.from(Map.of()));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThat(
            Settings.from(
                Map.of("PORT", "http", "TIPHYS_PLANS", "/no/such", "TIPHYS_CLUSTER", "moon")))
        .isEqualTo(
            new Settings.Unusable(
                List.of(
                    "PORT is http: give a number from 0 to 65535",
                    "TIPHYS_PLANS is /no/such: give a folder that is there",
                    "TIPHYS_CLUSTER is moon: the one that there is, is memory")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "8080.5", "99999999999"})
  void refusesAPortThatIsNone(String port) {
    assertThat(Settings.from(Map.of("PORT", port))).isInstanceOf(Settings.Unusable.class);
  }

  private static Settings.Usable usable(int port, String plans, ClusterKind cluster) {
    return new Settings.Usable(new Settings(port, Path.of(plans), cluster));
  }
}
