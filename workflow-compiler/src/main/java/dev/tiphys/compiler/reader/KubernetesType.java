package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a field of Kubernetes holds. The table of all fields is made from the classes of the
 * Kubernetes client, which the compiler does not know.
 */
sealed interface KubernetesType {
  /** A container, the main one or another. */
  Structure CONTAINER = new Structure("Container");

  /** A pod's spec. */
  Structure POD = new Structure("PodSpec");

  /** Where an environment variable's value comes from. */
  Structure VARIABLE_SOURCE = new Structure("EnvVarSource");

  /** One value. */
  enum Scalar implements KubernetesType {
    TEXT,
    NUMBER,
    FLAG,
    QUANTITY,
    NUMBER_OR_TEXT;

    private static Scalar of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** A list of such. */
  record ListOf(KubernetesType items) implements KubernetesType {}

  /** A map from texts to such. */
  record MapOf(KubernetesType values) implements KubernetesType {}

  /** A structure with fields. */
  record Structure(String name) implements KubernetesType {
    Set<String> fields() {
      return table().keySet();
    }

    /** What a field of it holds; it must have such a field. */
    KubernetesType field(String field) {
      return of(Objects.requireNonNull(table().get(field), field));
    }

    private Map<String, String> table() {
      return Objects.requireNonNull(Table.STRUCTURES.get(name), name);
    }
  }

  private static KubernetesType of(String written) {
    String inner = written.substring(1, Math.max(1, written.length() - 1));
    return switch (written.charAt(0)) {
      case '[' -> new ListOf(of(inner));
      case '{' -> new MapOf(of(inner));
      default ->
          Character.isUpperCase(written.charAt(0)) ? new Structure(written) : Scalar.of(written);
    };
  }

  /** Read when the first workflow has such a field. */
  final class Table {
    private static final String RESOURCE = "kubernetes-fields.json";
    private static final ObjectReader READER =
        Json.mapper().readerFor(new TypeReference<Map<String, Map<String, String>>>() {});

    private static final Map<String, Map<String, String>> STRUCTURES = load();

    private Table() {}

    private static Map<String, Map<String, String>> load() {
      try (InputStream table =
          Objects.requireNonNull(KubernetesType.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return READER.readValue(table);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
