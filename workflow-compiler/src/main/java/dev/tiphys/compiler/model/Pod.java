package dev.tiphys.compiler.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a template, or the workflow for all its templates, says about pods: it passes through to
 * Kubernetes as it is.
 *
 * @param container fields of the main container
 * @param spec fields of the pod's spec
 * @param volumes names of the volumes in {@code spec}
 * @param mounts names of the volumes that its containers want
 * @param initContainers names of those in {@code spec}
 */
public record Pod(
    SortedMap<String, JsonNode> container,
    SortedMap<String, JsonNode> spec,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    List<Located<String>> volumes,
    List<Located<String>> mounts,
    List<Located<String>> initContainers) {
  /** It says nothing. */
  public static final Pod NONE =
      new Pod(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          List.of(),
          List.of(),
          List.of());

  public Pod {
    container = Collections.unmodifiableSortedMap(new TreeMap<>(container));
    spec = Collections.unmodifiableSortedMap(new TreeMap<>(spec));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    volumes = List.copyOf(volumes);
    mounts = List.copyOf(mounts);
    initContainers = List.copyOf(initContainers);
  }
}
