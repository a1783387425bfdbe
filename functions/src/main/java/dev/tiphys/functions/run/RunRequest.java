package dev.tiphys.functions.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that a person has created, and that has not begun. Whoever may create one may set every
 * parameter.
 *
 * @param plan id of the plan that it is to run
 * @param parameters values of the workflow's parameters; the others have their defaults
 */
public record RunRequest(
    String name, String workflow, String plan, SortedMap<String, String> parameters) {
  public RunRequest {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
