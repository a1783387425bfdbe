package dev.tiphys.tests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The compiler must not know the Kubernetes client, so it has a table of the fields of a pod.
 * {@code mvn test -Dgolden.update=true} writes it anew from the client's classes.
 */
class KubernetesFieldsTest {
  private static final Path TABLE =
      Path.of("../workflow-compiler/src/main/resources/dev/tiphys/compiler/reader")
          .resolve("kubernetes-fields.json");
  private static final Map<Class<?>, String> WORDS =
      Map.of(
          String.class, "text",
          Integer.class, "number",
          Long.class, "number",
          Boolean.class, "flag",
          Quantity.class, "quantity",
          IntOrString.class, "number-or-text");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void theCompilersTableOfFieldsIsTheClients() throws IOException {
    // When
    String actual = Json.pretty(structures(List.of(Container.class, PodSpec.class))) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(TABLE, actual);
    }

    // Then
    assertThat(actual).isEqualTo(Files.readString(TABLE));
  }

  /**
   * By structure and field the type: a word, another structure, {@code [list]} or {@code {map}}.
   */
  private static SortedMap<String, SortedMap<String, String>> structures(List<Class<?>> roots) {
    SortedMap<String, SortedMap<String, String>> structures = new TreeMap<>();
    Deque<Class<?>> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Class<?> structure = open.pop();
      if (!structures.containsKey(structure.getSimpleName())) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (BeanPropertyDefinition field : properties(structure)) {
          fields.put(field.getName(), type(field.getPrimaryType(), open));
        }
        structures.put(structure.getSimpleName(), fields);
      }
    }
    return structures;
  }

  private static List<BeanPropertyDefinition> properties(Class<?> structure) {
    Set<String> ignored =
        MAPPER
            .getSerializationConfig()
            .introspect(MAPPER.constructType(structure))
            .getIgnoredPropertyNames();
    return MAPPER
        .getDeserializationConfig()
        .introspect(MAPPER.constructType(structure))
        .findProperties()
        .stream()
        .filter(field -> !ignored.contains(field.getName()))
        .filter(field -> field.couldDeserialize())
        .toList();
  }

  private static String type(JavaType type, Deque<Class<?>> open) {
    if (type.isCollectionLikeType()) {
      return "[" + type(type.getContentType(), open) + "]";
    }
    if (type.isMapLikeType()) {
      return "{" + type(type.getContentType(), open) + "}";
    }
    String word = WORDS.get(type.getRawClass());
    if (word != null) {
      return word;
    }
    if (!KubernetesResource.class.isAssignableFrom(type.getRawClass())) {
      return "any";
    }
    open.push(type.getRawClass());
    return type.getRawClass().getSimpleName();
  }
}
