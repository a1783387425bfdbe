package dev.tiphys.triggers.plan;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which events an input listens for.
 *
 * @param type the CloudEvents type, exactly
 * @param attributes further context attributes and their exact values (the file's {@code selector})
 * @param external whether the type comes from outside: no task of the workflow emits it
 */
public record EventFilter(String type, SortedMap<String, String> attributes, boolean external) {
  public EventFilter {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Whether type and attributes fit. */
  public boolean matches(CloudEvent event) {
    return type.equals(event.getType())
        && attributes.entrySet().stream()
            .allMatch(e -> e.getValue().equals(Attributes.value(event, e.getKey())));
  }
}
