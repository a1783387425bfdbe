package dev.tiphys.functions.kubernetes.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.run.Run;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for. Whoever may create a run may ask for anything; what an event asks for has its
 * {@code cause} beside it.
 *
 * @param workflow name of the workflow
 * @param plan id of the plan, and name of the object that holds it
 * @param parameters values of the workflow's parameters
 * @param cause the event that began the run; null: a person created it
 * @param control what a person has asked for since, the only thing that changes: {@code Stop}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowRunSpec(
    String workflow,
    String plan,
    SortedMap<String, String> parameters,
    Run.@Nullable Cause cause,
    @Nullable String control) {
  /** Has the run stopped. */
  public static final String STOP = "Stop";

  public WorkflowRunSpec {
    Map<String, String> given = parameters == null ? Map.of() : parameters;
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /** What a person asks for. */
  public static WorkflowRunSpec requested(
      String workflow, String plan, SortedMap<String, String> parameters) {
    return new WorkflowRunSpec(workflow, plan, parameters, null, null);
  }

  /** Null where nothing is asked for, or nothing that is known here. */
  public Run.@Nullable Control asked() {
    return STOP.equals(control) ? Run.Control.STOP : null;
  }
}
