package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A string of the workflow file with its {@code {{references}}} already parsed. Values are put in
 * once: what a value contains is never read as a reference.
 */
public record Text(List<Part> parts) {
  public Text {
    parts = List.copyOf(parts);
  }

  /** A text without references. */
  public static Text literal(String text) {
    return new Text(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  /** The text with a value for each reference. */
  public String render(Function<Reference, String> values) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal literal -> literal.text();
                  case Reference reference -> values.apply(reference);
                })
        .collect(Collectors.joining());
  }

  /** A piece of the text. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Literal.class, name = "literal"),
    @JsonSubTypes.Type(value = InputParameter.class, name = "input"),
    @JsonSubTypes.Type(value = WorkflowParameter.class, name = "workflow-parameter"),
    @JsonSubTypes.Type(value = RunName.class, name = "run-name")
  })
  public sealed interface Part {}

  /** Text as it is. */
  public record Literal(String text) implements Part {}

  /** A place that a value is put into. */
  public sealed interface Reference extends Part {}

  /**
   * {@code {{inputs.parameters.NAME}}}; in the {@code when} of an event-started step also {@code
   * {{steps.STEP.inputs.NAME}}}.
   */
  public record InputParameter(String name) implements Reference {}

  /** {@code {{workflow.parameters.NAME}}}. */
  public record WorkflowParameter(String name) implements Reference {}

  /** {@code {{workflow.name}}}: the run's name, as Argo has it. */
  public record RunName() implements Reference {}
}
