package dev.tiphys.sidecars.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.util.Objects;
import java.util.Optional;

/** Tells which objects a watch is about, where no API server does. */
public final class Selection {
  private Selection() {}

  /**
   * Whether the watch selects the object. Any field can be selected by here; an API server knows a
   * few of each kind.
   *
   * @param namespace of the workflow
   */
  public static boolean selects(ResourceWatch watch, JsonNode object, String namespace) {
    JsonNode labels = object.path("metadata").path("labels");
    return watch.apiVersion().equals(object.path("apiVersion").asText())
        && watch.kind().equals(object.path("kind").asText())
        && Objects.requireNonNullElse(watch.namespace(), namespace)
            .equals(object.path("metadata").path("namespace").asText())
        && watch.labels().entrySet().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey()).asText(null)))
        && watch.fields().entrySet().stream()
            .allMatch(
                field ->
                    ObjectField.parse(field.getKey())
                        .flatMap(path -> path.valueIn(object))
                        .equals(Optional.of(field.getValue())));
  }
}
