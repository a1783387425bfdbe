package dev.tiphys.functions.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was asked for; it never changes.
 *
 * @param workflow name of the workflow
 * @param plan id of the plan, and name of the object that holds it
 * @param sink address of the run's Broker, where its events are published
 * @param logs where the output of tasks is read: {@code files} or {@code api}
 * @param parameters values of the workflow's parameters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkflowRunSpec(
    String workflow, String plan, String sink, String logs, SortedMap<String, String> parameters) {
  public WorkflowRunSpec {
    Map<String, String> given = parameters == null ? Map.of() : parameters;
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /** Where the output of tasks is read. */
  @JsonIgnore
  LogCapture capture() {
    return LogCapture.written(logs);
  }
}
