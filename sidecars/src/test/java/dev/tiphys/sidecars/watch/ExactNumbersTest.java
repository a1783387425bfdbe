package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactNumbersTest {
  private final KubernetesSerialization serialization = ExactNumbers.serialization();

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "0.0005", "1.10", "1e3", "1E+21", "98765432109876543210"})
  @DisplayName("C1: a watched object's numbers are what the API server has written")
  void keepsNumbers(String number) {
    // Given
    String json =
        """
        {"apiVersion":"v1","kind":"Order","metadata":{"name":"a"},"spec":{"items":[{"price":%s}]}}\
        """
            .formatted(number);

    // When
    GenericKubernetesResource read = serialization.unmarshal(json, GenericKubernetesResource.class);

    // Then
    assertThat(ExactNumbers.tree(read, serialization).at("/spec/items/0/price").asText())
        .isEqualTo(number);
  }

  @Test
  void readsWhatHasATypeAsThat() {
    // Given
    String json =
        """
        {"apiVersion":"v1","kind":"Order","metadata":{"name":"a","generation":7},"spec":{"n":7}}\
        """;

    // When
    GenericKubernetesResource read = serialization.unmarshal(json, GenericKubernetesResource.class);

    // Then
    assertThat(read.getMetadata().getGeneration()).isEqualTo(7);
    assertThat(read.<Object>get("spec", "n")).isEqualTo(7);
  }
}
