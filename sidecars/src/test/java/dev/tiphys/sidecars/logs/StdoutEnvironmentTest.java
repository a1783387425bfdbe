package dev.tiphys.sidecars.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StdoutEnvironmentTest {
  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void whatIsRequired() {
    variables.putAll(
        Map.of(
            "K_SINK", "http://broker.test/",
            "TIPHYS_WORKFLOW", "coinflip",
            "TIPHYS_RUN", "coinflip-1",
            "TIPHYS_TASK", "flip-coin",
            "TIPHYS_INSTANCE", "flip-coin-1",
            "TIPHYS_INSTANCE_UID", "uid",
            "TIPHYS_CONTAINER", "watcher",
            "TIPHYS_EVENT_TYPE", "coin",
            "TIPHYS_KEY", "1." + "k".repeat(43),
            "TIPHYS_STATE", folder.toString()));
    variables.put("TIPHYS_CONTRACT", "2");
  }

  @Test
  void everythingElseHasADefault() {
    // When
    StdoutSettings settings = complete();
    // Then
    assertThat(settings)
        .extracting(
            StdoutSettings::stream,
            own -> own.common().onStop(),
            StdoutSettings::lines,
            StdoutSettings::capture,
            StdoutSettings::main,
            own -> own.common().stopPorts(),
            own -> own.common().grace())
        .containsExactly(
            Stream.STDOUT,
            OnStop.DISCARD,
            Lines.EVERY,
            new Capture.Files(Path.of("/var/log/task/main")),
            "main",
            List.of(9901),
            Duration.ofSeconds(25));
  }

  @Test
  void everythingCanBeSet() {
    // Given
    variables.putAll(
        Map.of(
            "TIPHYS_STREAM", "both",
            "TIPHYS_ON_STOP", "drain",
            "TIPHYS_LOGS", "api",
            "TIPHYS_MAIN", "work",
            "TIPHYS_STOP_PORTS", "9902, 9903,9904",
            "TIPHYS_GRACE", "PT3S",
            "POD_NAMESPACE", "runs",
            "KUBERNETES_SERVICE_HOST", "10.0.0.1",
            "KUBERNETES_SERVICE_PORT", "6443"));
    // When
    StdoutSettings settings = complete();
    // Then
    assertThat(settings.capture())
        .isEqualTo(
            new Capture.Api(
                URI.create("https://10.0.0.1:6443"),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"),
                "runs"));
    assertThat(settings.common().stopPorts()).containsExactly(9902, 9903, 9904);
    assertThat(settings.common().onStop()).isEqualTo(OnStop.DRAIN);
  }

  @Test
  void whatBecomesOfLinesCanBeSet() {
    // Given
    variables.putAll(
        Map.of("TIPHYS_PATTERN", "^x", "TIPHYS_FORMAT", "json", "TIPHYS_MAX_LINE", "80"));
    // When
    StdoutSettings settings = complete();
    // Then
    assertThat(settings.lines()).isEqualTo(new Lines("^x", Format.JSON, 80));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    // Given
    variables.remove("K_SINK");
    variables.putAll(
        Map.of(
            "TIPHYS_STREAM", "stdin",
            "TIPHYS_ON_STOP", "never",
            "TIPHYS_LOGS", "api",
            "TIPHYS_STATE", folder.resolve("none").toString(),
            "TIPHYS_STOP_PORTS", "99999,x",
            "TIPHYS_PATTERN", "(",
            "TIPHYS_MAX_LINE", "0",
            "TIPHYS_GRACE", "soon"));
    // When
    SidecarSettings.Reading<StdoutSettings> reading = StdoutEnvironment.read(variables);
    // Then
    assertThat(reading).isInstanceOf(SidecarSettings.Incomplete.class);
    assertThat(((SidecarSettings.Incomplete<StdoutSettings>) reading).problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactlyInAnyOrder(
            "K_SINK",
            "TIPHYS_STREAM",
            "TIPHYS_STREAM",
            "TIPHYS_ON_STOP",
            "TIPHYS_PATTERN",
            "TIPHYS_MAX_LINE",
            "KUBERNETES_SERVICE_HOST",
            "POD_NAMESPACE",
            "TIPHYS_STATE",
            "TIPHYS_STOP_PORTS",
            "TIPHYS_STOP_PORTS",
            "TIPHYS_GRACE");
  }

  private StdoutSettings complete() {
    return switch (StdoutEnvironment.read(variables)) {
      case SidecarSettings.Complete<StdoutSettings>(StdoutSettings settings) -> settings;
      case SidecarSettings.Incomplete<StdoutSettings>(List<String> problems) ->
          throw new AssertionError(problems);
    };
  }
}
