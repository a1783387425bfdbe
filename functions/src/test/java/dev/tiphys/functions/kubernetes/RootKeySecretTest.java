package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
@NullUnmarked
class RootKeySecretTest {
  KubernetesClient client;
  KubernetesMockServer server;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private RootKeySecret secret(int seed) {
    return new RootKeySecret(client.secrets().inNamespace("games"), new Random(seed), () -> now);
  }

  /** As {@code install} prints it. */
  private void apply() {
    client
        .secrets()
        .inNamespace("games")
        .resource(
            new SecretBuilder().withNewMetadata().withName("tiphys-root-key").endMetadata().build())
        .create();
  }

  private Secret object() {
    return client.secrets().inNamespace("games").withName("tiphys-root-key").require();
  }

  @Test
  void theFirstOneFillsItAndTheOthersTakeWhatIsThere() {
    // Given
    apply();

    // When
    var first = secret(1).key();
    var second = secret(2).key();

    // Then
    assertThat(object().getData()).containsOnlyKeys("1");
    assertThat(second.derive(1, "x").text()).isEqualTo(first.derive(1, "x").text());
  }

  @Test
  void aNewVersionSignsAndTheOldOneStays() {
    // Given
    apply();
    String old = secret(1).key().derive(1, "x").text();

    // When
    int version = secret(2).rotate();

    // Then
    assertThat(version).isEqualTo(2);
    var rotated = secret(3).key();
    assertThat(rotated.newest()).isEqualTo(2);
    assertThat(rotated.derive(1, "x").text()).isEqualTo(old);
  }

  @Test
  @DisplayName("A10: for versions that are not there the Secret is read every two seconds at most")
  void isReadEveryTwoSecondsAtMost() {
    // Given
    apply();
    RootKeySecret secret = secret(1);
    secret.key();
    Instant asked = now.plusMillis(1);
    int requests = server.getRequestCount();

    // When
    now = now.plusSeconds(1);
    assertThatThrownBy(() -> secret.asOf(asked)).isInstanceOf(Unavailable.class);
    now = now.plusSeconds(1);
    secret.asOf(asked);
    secret.asOf(asked);

    // Then
    assertThat(server.getRequestCount()).isEqualTo(requests + 1);
  }

  @Test
  void saysWhatToDoWhereThereIsNone() {
    assertThatThrownBy(() -> secret(1).key())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("apply what tiphys compile or tiphys install prints");
  }
}
