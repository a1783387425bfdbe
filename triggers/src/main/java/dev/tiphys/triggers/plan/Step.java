package dev.tiphys.triggers.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call of a template within a scope.
 *
 * @param name unique in its scope
 * @param arguments values for the template's inputs, by name
 * @param when evaluated when an ordinary step is reached, or per event for an event-started one;
 *     null: always
 * @param continueOnFailed whether the scope goes on when this step has failed
 */
public record Step(
    String name,
    String template,
    SortedMap<String, Text> arguments,
    @Nullable Condition when,
    boolean continueOnFailed) {
  public Step {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
  }
}
