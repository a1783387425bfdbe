package dev.tiphys.sidecars.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class WatchedObjectTest {
  @Test
  void hasTheObjectWithoutWhatClientsWroteForThemselves() {
    // Given
    ObjectNode object = Sample.configMap("a", "1");
    object
        .withObjectProperty("metadata")
        .putObject("annotations")
        .put("kubectl.kubernetes.io/last-applied-configuration", "{}")
        .put("mine", "1");

    // When
    WatchedObject read = WatchedObject.of(object);

    // Then
    assertThat(read.cut()).isFalse();
    assertThat(Sample.object(read.json()).at("/data/goods").asText()).isEqualTo("bread");
    assertThat(read.json()).contains("mine").doesNotContain("managedFields", "last-applied");
  }

  @Test
  void hasOnlyWhatIdentifiesAnObjectThatIsTooLarge() {
    // Given
    ObjectNode object = Sample.configMap("a", "1");
    object.withObjectProperty("data").put("goods", "x".repeat(WatchedObject.MAX_BYTES));

    // When
    WatchedObject read = WatchedObject.of(object);

    // Then
    assertThat(read.cut()).isTrue();
    assertThat(Sample.object(read.json()).at("/metadata/name").asText()).isEqualTo("order");
    assertThat(Sample.object(read.json()).has("data")).isFalse();
  }

  @Test
  void neverHasWhatASecretHolds() {
    // Given
    ObjectNode object = Sample.configMap("a", "1");
    object.put("kind", "Secret");

    // When
    WatchedObject read = WatchedObject.of(object);

    // Then
    assertThat(read.cut()).isTrue();
    assertThat(read.json()).doesNotContain("bread");
  }

  @Test
  void knowsAnObjectThatWasCutBefore() {
    assertThat(WatchedObject.of(WatchedObject.identity(Sample.configMap("a", "1"))).cut()).isTrue();
  }
}
