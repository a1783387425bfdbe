package dev.tiphys.functions.kubernetes.broker;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far it has come.
 *
 * @param triggers by name, those that are done with it: it was taken, or dead-lettered
 * @param completed ISO-8601; null while a Trigger is not done with it
 */
public record EventStatus(SortedMap<String, Boolean> triggers, @Nullable String completed) {
  @SuppressWarnings("NullAway") // what was written by hand may lack it
  public EventStatus {
    triggers = triggers == null ? new TreeMap<>() : new TreeMap<>(triggers);
  }
}
