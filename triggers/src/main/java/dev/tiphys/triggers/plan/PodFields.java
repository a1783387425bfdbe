package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a task's pod its author has decided, in Kubernetes' own form. It means something on a
 * cluster alone, and event data never is in it. The nodes must not be changed.
 *
 * @param container fields of the main container
 * @param spec fields of the pod's spec
 */
public record PodFields(
    SortedMap<String, JsonNode> container,
    SortedMap<String, JsonNode> spec,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations) {
  /** Everything is left to Tiphys and Kubernetes. */
  public static final PodFields NONE =
      new PodFields(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  public PodFields {
    container = Collections.unmodifiableSortedMap(new TreeMap<>(container));
    spec = Collections.unmodifiableSortedMap(new TreeMap<>(spec));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  @JsonIgnore
  public boolean isEmpty() {
    return equals(NONE);
  }
}
