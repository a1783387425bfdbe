package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherSettingsTest {
  @TempDir Path account;

  @Test
  void theServiceAccountTellsTheNamespace() throws IOException {
    // Given
    Path namespace = Files.writeString(account.resolve("namespace"), "runs\n");
    // When
    WatcherSettings.Reading reading = WatcherSettings.from(Map.of(), namespace);
    // Then
    assertThat(reading)
        .isEqualTo(
            new WatcherSettings.Usable(new WatcherSettings("runs", Duration.ofSeconds(10), null)));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    // Given
    Map<String, String> environment = Map.of("TIPHYS_IDLE", "soon", "TIPHYS_METRICS_PORT", "65536");
    // When
    WatcherSettings.Reading reading =
        WatcherSettings.from(environment, account.resolve("namespace"));
    // Then
    assertThat(reading)
        .isEqualTo(
            new WatcherSettings.Unusable(
                List.of(
                    "TIPHYS_NAMESPACE: is not set, and there is no service account to tell it",
                    "TIPHYS_IDLE: is not a duration like PT10S: soon",
                    "TIPHYS_METRICS_PORT: is no port: 65536")));
  }
}
