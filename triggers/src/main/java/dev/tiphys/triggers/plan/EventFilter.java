package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which events an input listens for.
 *
 * @param type the CloudEvents type, exactly
 * @param attributes further context attributes and their exact values (the file's {@code selector})
 * @param external whether the type comes from outside: no task of the workflow emits it
 * @param watch the objects whose changes are these events, which the run watcher emits into the
 *     run; null: no objects
 */
public record EventFilter(
    String type,
    SortedMap<String, String> attributes,
    boolean external,
    @Nullable ResourceWatch watch) {
  public EventFilter {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Of events that are no changes of objects. */
  public EventFilter(String type, SortedMap<String, String> attributes, boolean external) {
    this(type, attributes, external, null);
  }

  /** The changes of objects. */
  public static EventFilter of(ResourceWatch watch) {
    return new EventFilter(watch.eventType(), Collections.emptySortedMap(), false, watch);
  }

  /** Whether nobody can tell that no more will come, as no stream of the run carries them. */
  @JsonIgnore
  public boolean endless() {
    return external || watch != null;
  }

  /** Whether type and attributes fit. */
  public boolean matches(CloudEvent event) {
    return type.equals(event.getType())
        && attributes.entrySet().stream()
            .allMatch(e -> e.getValue().equals(Attributes.value(event, e.getKey())));
  }
}
