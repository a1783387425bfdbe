package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectsTest {
  @TempDir Path folder;
  private FolderObjects objects;

  @BeforeEach
  void open() {
    objects = new FolderObjects(folder);
  }

  @Test
  void readsEachDocumentOfEachManifest() throws IOException {
    // Given
    write("two.yaml", configMap("a", "1") + "---\n" + configMap("b", "1"));
    write("one.json", "{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"}}");
    write("readme.txt", "no manifest");

    // When
    List<ObjectNode> seen = objects.look();

    // Then
    assertThat(seen)
        .extracting(object -> object.at("/metadata/name").asText())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(seen).allMatch(o -> o.at("/metadata/namespace").asText().equals("default"));
  }

  @Test
  void showsTheSameObjectAsLongAsItIsTheSame() throws IOException {
    // Given
    write("a.yaml", configMap("a", "1"));
    List<ObjectNode> before = objects.look();

    // When
    write("a.yaml", "# with a remark\n" + configMap("a", "1"));

    // Then
    assertThat(objects.look()).isEqualTo(before);
  }

  @Test
  void givesAChangedObjectALaterVersionAndTheSameUid() throws IOException {
    // Given
    write("a.yaml", configMap("a", "1"));
    ObjectNode before = objects.look().getFirst();

    // When
    write("a.yaml", configMap("a", "22"));
    ObjectNode after = objects.look().getFirst();

    // Then
    assertThat(after.at("/metadata/uid")).isEqualTo(before.at("/metadata/uid"));
    assertThat(after.at("/metadata/resourceVersion").asInt())
        .isGreaterThan(before.at("/metadata/resourceVersion").asInt());
  }

  @Test
  void givesAnObjectThatComesBackAnotherUid() throws IOException {
    // Given
    write("a.yaml", configMap("a", "1"));
    ObjectNode before = objects.look().getFirst();
    Files.delete(folder.resolve("a.yaml"));
    List<ObjectNode> meanwhile = objects.look();

    // When
    write("a.yaml", configMap("a", "1"));
    ObjectNode after = objects.look().getFirst();

    // Then
    assertThat(meanwhile).isEmpty();
    assertThat(after.at("/metadata/uid")).isNotEqualTo(before.at("/metadata/uid"));
  }

  @Test
  void keepsWhatAFileHeldUntilItCanBeReadAgain() throws IOException {
    // Given
    write("a.yaml", configMap("a", "1"));
    List<ObjectNode> before = objects.look();

    // When
    write("a.yaml", "{half");

    // Then
    assertThat(objects.look()).isEqualTo(before);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static String configMap(String name, String value) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %s}
    data: {value: "%s"}
    """
        .formatted(name, value);
  }
}
