package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.triggers.plan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the variables of a text mean, which depends on where the text stands. */
public final class Scope {
  private static final String INPUT = "inputs.parameters.";
  private static final String WORKFLOW = "workflow.parameters.";
  private static final String WORKFLOW_NAME = "workflow.name";

  /** Of the names that a hint lists. */
  private static final int NAMES_SHOWN = 50;

  private final @Nullable List<Parameter> parameters;
  private final List<Input> inputs;
  private final @Nullable OwnEvent own;
  private final boolean condition;

  private Scope(Workflow workflow, List<Input> inputs, @Nullable OwnEvent own, boolean condition) {
    this.parameters = workflow.parameters();
    this.inputs = inputs;
    this.own = own;
    this.condition = condition;
  }

  /** A step's own event inputs; null: its template is unknown. */
  private record OwnEvent(String step, @Nullable List<Input> inputs) {
    String prefix() {
      return "steps." + step + ".inputs.";
    }

    boolean has(String name) {
      return inputs != null
          && inputs.stream().anyMatch(i -> i.creates() && i.name().value().equals(name));
    }
  }

  /** Texts of a task's container or script. */
  public static Scope ofTask(Workflow workflow, Template.Task task) {
    return new Scope(workflow, task.inputs(), null, false);
  }

  /** Defaults of inputs: they see the workflow alone. */
  public static Scope ofDefaults(Workflow workflow) {
    return new Scope(workflow, List.of(), null, false);
  }

  /** A step's arguments. */
  public static Scope ofArguments(Workflow workflow, Template.Steps scope, Step step) {
    return new Scope(workflow, scope.inputs(), own(workflow, step), false);
  }

  /** A step's {@code when}. */
  public static Scope ofCondition(Workflow workflow, Template.Steps scope, Step step) {
    return new Scope(workflow, scope.inputs(), own(workflow, step), true);
  }

  private static OwnEvent own(Workflow workflow, Step step) {
    return new OwnEvent(
        step.name().value(),
        workflow
            .target(step)
            .filter(t -> !(t instanceof Template.Broken))
            .map(Template::inputs)
            .orElse(null));
  }

  /** What a variable means. */
  public sealed interface Meaning {}

  /** A value that is known at run time. */
  public record Known(Text.Reference reference) implements Meaning {}

  /** Nothing, and what to say about it. */
  public record Mistake(Code code, String message, String hint) implements Meaning {}

  /** Looks the variable up. */
  public Meaning resolve(String variable) {
    if (variable.equals(WORKFLOW_NAME)) {
      return new Known(new Text.RunName());
    }
    if (variable.startsWith(WORKFLOW) && !variable.equals("workflow.parameters.json")) {
      return workflowParameter(variable.substring(WORKFLOW.length()));
    }
    if (variable.startsWith(INPUT)) {
      return input(variable.substring(INPUT.length()));
    }
    if (own != null && variable.startsWith(own.prefix())) {
      return ownEvent(own, variable.substring(own.prefix().length()));
    }
    return ArgoVariables.knows(variable)
        ? new Mistake(
            Code.UNSUPPORTED_VARIABLE,
            "Argo's `{{" + variable + "}}` is not supported yet",
            "here can be used: " + available())
        : new Mistake(
            Code.UNKNOWN_VARIABLE,
            "there is no `{{" + variable + "}}`",
            Spelling.didYouMean(variable, names(), "here can be used: " + available()));
  }

  private Meaning workflowParameter(String name) {
    if (parameters == null || parameters.stream().anyMatch(p -> p.name().value().equals(name))) {
      return new Known(new Text.WorkflowParameter(name));
    }
    List<String> names = parameters.stream().map(p -> p.name().value()).toList();
    return new Mistake(
        Code.UNKNOWN_PARAMETER,
        "the workflow has no parameter `" + name + "`",
        Spelling.didYouMean(name, names, "add it to `spec.arguments.parameters`"));
  }

  private Meaning input(String name) {
    boolean event = own != null && own.has(name);
    if (event && condition) {
      return new Known(new Text.InputParameter(name));
    }
    Optional<Input> input = inputs.stream().filter(i -> i.name().value().equals(name)).findFirst();
    if (input.isPresent() && event) {
      return ambiguous(name);
    }
    return input
        .map(Scope::value)
        .orElseGet(
            () ->
                new Mistake(
                    Code.UNKNOWN_PARAMETER,
                    "there is no input `" + name + "` here",
                    Spelling.didYouMean(name, inputNames(), available(name))));
  }

  private static Meaning value(Input input) {
    return input.deletes()
        ? new Mistake(
            Code.NO_EVENT_VALUE,
            "the input `" + input.name() + "` has no value: its event ends the task",
            "use an input of another kind")
        : new Known(new Text.InputParameter(input.name().value()));
  }

  private Mistake ambiguous(String name) {
    return new Mistake(
        Code.AMBIGUOUS_REFERENCE,
        "`" + name + "` is an input of this template and of the step's own event",
        "rename one of the two inputs");
  }

  private Meaning ownEvent(OwnEvent event, String name) {
    if (event.inputs == null || event.has(name)) {
      return inputs.stream().anyMatch(i -> i.name().value().equals(name)) && !condition
          ? ambiguous(name)
          : new Known(new Text.InputParameter(name));
    }
    List<String> names =
        event.inputs.stream().filter(Input::creates).map(i -> i.name().value()).toList();
    return new Mistake(
        Code.UNKNOWN_PARAMETER,
        "the step `" + event.step + "` is not started by an event input `" + name + "`",
        Spelling.didYouMean(
            name,
            names,
            names.isEmpty()
                ? "no event starts this step's template"
                : "its event input is `" + names.getFirst() + "`"));
  }

  private List<String> inputNames() {
    return inputs.stream().map(i -> i.name().value()).toList();
  }

  private String available(String name) {
    return own != null && own.has(name)
        ? "write `{{" + own.prefix() + name + "}}` for the event's value"
        : "here can be used: " + available();
  }

  private String available() {
    List<String> names = names();
    String shown =
        names.stream()
            .limit(NAMES_SHOWN)
            .map(n -> "{{" + n + "}}")
            .collect(Collectors.joining(", "));
    int more = names.size() - NAMES_SHOWN;
    return more > 0 ? shown + ", and " + more + " more" : shown;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    inputNames().forEach(name -> names.add(INPUT + name));
    if (own != null && own.inputs != null) {
      own.inputs.stream().filter(Input::creates).forEach(i -> names.add(own.prefix() + i.name()));
    }
    if (parameters != null) {
      parameters.forEach(p -> names.add(WORKFLOW + p.name()));
    }
    names.add(WORKFLOW_NAME);
    return names;
  }
}
