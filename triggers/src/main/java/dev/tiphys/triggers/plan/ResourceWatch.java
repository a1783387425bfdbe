package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes objects whose changes are events.
 *
 * @param apiVersion of the objects: {@code v1}, {@code apps/v1}
 * @param kind of the objects: {@code ConfigMap}
 * @param namespace where they are; null: in the workflow's own
 * @param labels that they have, exactly (the file's {@code selector})
 * @param fields that they have, exactly: paths and values (the file's {@code fieldSelector})
 * @param on which changes are events
 */
public record ResourceWatch(
    String apiVersion,
    String kind,
    @Nullable String namespace,
    SortedMap<String, String> labels,
    SortedMap<String, String> fields,
    Set<Change> on) {
  public ResourceWatch {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    on = Collections.unmodifiableSortedSet(new TreeSet<>(on));
  }

  /** All changes of all objects of a kind in the workflow's namespace. */
  public static ResourceWatch of(String apiVersion, String kind) {
    return new ResourceWatch(
        apiVersion,
        kind,
        null,
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        Set.of(Change.values()));
  }

  /** What happens to an object. */
  public enum Change {
    /** It is seen for the first time, whether it is new or was there before the run. */
    ADDED("added"),
    /** Anything about it is another than before. */
    UPDATED("updated"),
    /** It is gone. */
    DELETED("deleted");

    private final String word;

    Change(String word) {
      this.word = word;
    }

    /** As files, plans and attributes have it. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** The type of the events: the same for the same watch, and of no other. */
  @JsonIgnore
  public String eventType() {
    return EventTypes.WATCH_PREFIX + ResourceName.withHash(kind, Json.write(this));
  }

  /** As people read it: {@code v1/ConfigMap}. */
  @Override
  public String toString() {
    return apiVersion + "/" + kind;
  }
}
