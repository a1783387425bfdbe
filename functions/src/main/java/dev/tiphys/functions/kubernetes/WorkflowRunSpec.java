package dev.tiphys.functions.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for; it never changes.
 *
 * @param workflow name of the workflow
 * @param plan id of the plan, and name of its ConfigMap
 * @param sink address of the run's Broker, where its events are published
 * @param logs where the output of tasks is read: {@code files} or {@code api}
 * @param parameters values of the workflow's parameters
 * @param audience whom a token has to be for that the sink asks for; null: it asks for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkflowRunSpec(
    String workflow,
    String plan,
    String sink,
    String logs,
    SortedMap<String, String> parameters,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String audience) {
  public WorkflowRunSpec {
    Map<String, String> given = parameters == null ? Map.of() : parameters;
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /** One whose sink asks for no token. */
  public WorkflowRunSpec(
      String workflow,
      String plan,
      String sink,
      String logs,
      SortedMap<String, String> parameters) {
    this(workflow, plan, sink, logs, parameters, null);
  }

  /** Where the output of tasks is read. */
  @JsonIgnore
  LogCapture capture() {
    return LogCapture.written(logs);
  }
}
