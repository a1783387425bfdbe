package dev.tiphys.functions.kubernetes.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The lifecyclewatchers of a pod: the run watcher speaks for them. */
public final class LifecycleAnnotation {
  private static final TypeReference<List<EventSidecar>> TYPE = new TypeReference<>() {};

  /** With the type given: a list alone does not say of which kind its elements are. */
  private static final ObjectWriter WRITER = Json.mapper().writerFor(TYPE);

  private static final ObjectReader READER = Json.mapper().readerFor(TYPE);

  private LifecycleAnnotation() {}

  static String write(List<EventSidecar> sidecars) {
    try {
      return WRITER.writeValueAsString(sidecars);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pod's lifecyclewatchers; none where the annotation is absent or not ours. */
  public static List<EventSidecar> read(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String json = annotations == null ? null : annotations.get(Marks.LIFECYCLE);
    if (json == null) {
      return List.of();
    }
    try {
      List<EventSidecar> sidecars = READER.readValue(json);
      return sidecars == null ? List.of() : List.copyOf(sidecars);
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
