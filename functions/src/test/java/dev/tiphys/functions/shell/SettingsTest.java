package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void hasADefaultForEachKey() {
    assertThat(Settings.from(Map.of())).isEqualTo(inMemory(8080, "/etc/tiphys/plans"));
  }

  @Test
  void readsEachKeyOfAClusterInMemory(@TempDir Path plans) {
    // Given
    Map<String, String> environment =
        Map.of("PORT", "0", "TIPHYS_PLANS", plans.toString(), "TIPHYS_CLUSTER", "memory");

    // When
    Settings.Reading reading = Settings.from(environment);

    // Then
    assertThat(reading).isEqualTo(inMemory(0, plans.toString()));
  }

  @Test
  void readsEachKeyOfKubernetes() {
    // Given
    Map<String, String> environment =
        Map.of(
            "TIPHYS_CLUSTER", "kubernetes",
            "TIPHYS_NAMESPACE", "here",
            "TIPHYS_SIDECARS_IMAGE", "registry/sidecars:1");

    // When
    Settings.Reading reading = Settings.from(environment);

    // Then
    assertThat(reading)
        .isEqualTo(
            new Settings.Usable(
                new Settings(8080, new ClusterSettings.Kubernetes("here", "registry/sidecars:1"))));
  }

  @Test
  void asksForTokensOnlyWhereItIsToldWhomTheyAreFor() {
    // Given
    Map<String, String> open =
        Map.of(
            "TIPHYS_CLUSTER", "kubernetes",
            "TIPHYS_NAMESPACE", "here",
            "TIPHYS_SIDECARS_IMAGE", "registry/sidecars:1",
            "K_SERVICE", "tiphys-functions");
    Map<String, String> guarded = new HashMap<>(open);
    guarded.put("TIPHYS_AUDIENCE", "us");

    // When
    List<Settings.Reading> readings = List.of(Settings.from(open), Settings.from(guarded));

    // Then
    assertThat(readings)
        .map(reading -> reading instanceof Settings.Usable(Settings settings) && settings.guarded())
        .containsExactly(false, true);
  }

  @Test
  void whoAsksForTokensHasToKnowWhichServiceItIs() {
    // Given
    Map<String, String> environment =
        Map.of(
            "TIPHYS_CLUSTER", "kubernetes",
            "TIPHYS_NAMESPACE", "here",
            "TIPHYS_SIDECARS_IMAGE", "registry/sidecars:1",
            "TIPHYS_AUDIENCE", "us");

    // Then
    assertThat(Settings.from(environment))
        .isEqualTo(
            new Settings.Unusable(
                List.of(
                    "K_SERVICE is not set: with TIPHYS_AUDIENCE, give the Knative Service's"
                        + " name")));
  }

  @Test
  void isOnKubernetesWhereItRunsInAPod() {
    // Given
    Map<String, String> environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST", "10.0.0.1",
            "TIPHYS_NAMESPACE", "here",
            "TIPHYS_SIDECARS_IMAGE", "registry/sidecars:1");

    // Then
    assertThat(Settings.from(environment))
        .isInstanceOfSatisfying(
            Settings.Usable.class,
            usable ->
                assertThat(usable.settings().cluster())
                    .isInstanceOf(ClusterSettings.Kubernetes.class));
  }

  @Test
  void takesAnEmptyVariableForAbsent() {
    assertThat(Settings.from(Map.of("PORT", "", "TIPHYS_PLANS", " ", "TIPHYS_CLUSTER", "")))
        .isEqualTo(Settings.from(Map.of()));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThat(Settings.from(Map.of("PORT", "http", "TIPHYS_PLANS", "/no/such")))
        .isEqualTo(
            new Settings.Unusable(
                List.of(
                    "PORT is http: give a number from 0 to 65535",
                    "TIPHYS_PLANS is /no/such: give a folder that is there")));
    assertThat(Settings.from(Map.of("TIPHYS_CLUSTER", "kubernetes")))
        .isEqualTo(
            new Settings.Unusable(
                List.of(
                    "TIPHYS_NAMESPACE is not set: give it where this is no pod of a cluster",
                    "TIPHYS_SIDECARS_IMAGE is not set: give the image that event sidecars run")));
    assertThat(Settings.from(Map.of("TIPHYS_CLUSTER", "moon")))
        .isEqualTo(
            new Settings.Unusable(List.of("TIPHYS_CLUSTER is moon: give kubernetes or memory")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "8080.5", "99999999999"})
  void refusesAPortThatIsNone(String port) {
    assertThat(Settings.from(Map.of("PORT", port))).isInstanceOf(Settings.Unusable.class);
  }

  private static Settings.Usable inMemory(int port, String plans) {
    return new Settings.Usable(new Settings(port, new ClusterSettings.Memory(Path.of(plans))));
  }
}
