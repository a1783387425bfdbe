package dev.tiphys.compiler.plan;

import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.EnvironmentVariable;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Parameter;
import dev.tiphys.compiler.model.Scope;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.When;
import dev.tiphys.compiler.model.Work;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.compiler.taint.Arrivals;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.UpdateStrategy;
import dev.tiphys.triggers.plan.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the Plan of a workflow that has passed every check. */
public final class Planner {
  private final Workflow workflow;
  private final Set<String> emitted;

  private Planner(Workflow workflow) {
    this.workflow = workflow;
    this.emitted = workflow.emittedTypes();
  }

  /** The Plan; the workflow must be without mistakes. */
  public static Plan plan(Workflow workflow) {
    return new Planner(workflow).plan();
  }

  private Plan plan() {
    SortedMap<String, dev.tiphys.triggers.plan.Template> templates = new TreeMap<>();
    workflow.templates().stream().map(this::template).forEach(t -> templates.put(t.name(), t));
    Map<String, SortedSet<String>> reaches = Arrivals.reaches(workflow);
    return new Plan(
        Objects.requireNonNull(workflow.name()).value(),
        Objects.requireNonNull(workflow.runPrefix()),
        Objects.requireNonNull(workflow.entrypoint()).value(),
        Objects.requireNonNull(workflow.parameters()).stream()
            .map(p -> parameter(p, reaches))
            .toList(),
        workflow.parallelism(),
        templates,
        Rules.of(workflow, this::filter));
  }

  private static Plan.Parameter parameter(
      Parameter parameter, Map<String, SortedSet<String>> reaches) {
    String name = parameter.name().value();
    return new Plan.Parameter(
        name, parameter.value(), List.copyOf(reaches.getOrDefault(name, new TreeSet<>())));
  }

  private dev.tiphys.triggers.plan.Template template(Template template) {
    return switch (template) {
      case Template.Task task -> task(task);
      case Template.Steps steps -> steps(steps);
      case Template.Broken broken -> throw new IllegalStateException("unchecked " + broken);
    };
  }

  private TaskTemplate task(Template.Task task) {
    Texts texts = new Texts(Scope.ofTask(workflow, task));
    return new TaskTemplate(
        task.name().value(),
        inputs(task),
        work(task.work(), texts),
        ProxiedEvents.told(task.sidecars()),
        task.parallelism() == null ? null : task.parallelism().value(),
        task.concurrencyPolicy() == null
            ? ConcurrencyPolicy.ALLOW
            : task.concurrencyPolicy().value(),
        PodFieldsOf.task(workflow, task));
  }

  private static dev.tiphys.triggers.plan.Work work(Work work, Texts texts) {
    return switch (work) {
      case Work.Container c ->
          new dev.tiphys.triggers.plan.Work.Container(
              c.image().value(), texts.all(c.command()), texts.all(c.args()), env(c.env(), texts));
      case Work.Script s ->
          new dev.tiphys.triggers.plan.Work.Script(
              s.image().value(),
              texts.all(s.command()),
              texts.text(s.source()),
              env(s.env(), texts));
    };
  }

  private static SortedMap<String, Text> env(List<EnvironmentVariable> variables, Texts texts) {
    SortedMap<String, Text> env = new TreeMap<>();
    variables.stream()
        .filter(v -> v.valueFrom() == null)
        .forEach(v -> env.put(v.name().value(), texts.text(v.value())));
    return env;
  }

  private List<dev.tiphys.triggers.plan.Input> inputs(Template template) {
    Texts texts = new Texts(Scope.ofDefaults(workflow));
    boolean entry = workflow.entry().filter(template::equals).isPresent();
    return template.inputs().stream()
        .map(input -> entry ? entryInput(input, texts) : input(input, texts))
        .toList();
  }

  /** The workflow's arguments are the entrypoint's, as Argo has it. */
  private dev.tiphys.triggers.plan.Input entryInput(Input input, Texts texts) {
    String name = input.name().value();
    return input.origin() instanceof Input.Argument && workflow.mayHaveParameter(name)
        ? new dev.tiphys.triggers.plan.Input.FromArgument(
            name, new Text(List.of(new Text.WorkflowParameter(name))))
        : input(input, texts);
  }

  private dev.tiphys.triggers.plan.Input input(Input input, Texts texts) {
    String name = input.name().value();
    return switch (input.origin()) {
      case Input.Argument argument ->
          new dev.tiphys.triggers.plan.Input.FromArgument(
              name, argument.defaultValue() == null ? null : texts.text(argument.defaultValue()));
      case Input.Event event ->
          new dev.tiphys.triggers.plan.Input.FromEvent(
              name,
              filter(event),
              event.objectField(),
              event.policy(),
              event.correlation() == null ? null : event.correlation().value(),
              event.window() == null ? null : event.window().value(),
              updates(event, texts));
      case Input.Broken broken -> throw new IllegalStateException("unchecked " + name);
    };
  }

  private static dev.tiphys.triggers.plan.Input.@Nullable Updates updates(
      Input.Event event, Texts texts) {
    Input.Updates updates = event.updates();
    return updates == null
        ? null
        : new dev.tiphys.triggers.plan.Input.Updates(
            updates.initial() == null ? Text.literal("") : texts.text(updates.initial()),
            updates.strategy() == null ? UpdateStrategy.IN_PLACE : updates.strategy().value());
  }

  private EventFilter filter(Input.Event event) {
    if (event.watch() != null) {
      return EventFilter.of(event.watch());
    }
    String type = event.type().value();
    return new EventFilter(type, event.attributes(), !emitted.contains(type));
  }

  private StepsTemplate steps(Template.Steps scope) {
    return new StepsTemplate(
        scope.name().value(),
        inputs(scope),
        scope.groups().stream()
            .map(group -> group.stream().map(step -> step(scope, step)).toList())
            .toList());
  }

  private dev.tiphys.triggers.plan.Step step(Template.Steps scope, Step step) {
    Texts arguments = new Texts(Scope.ofArguments(workflow, scope, step));
    SortedMap<String, Text> values = new TreeMap<>();
    for (Argument argument : step.arguments()) {
      values.put(argument.name().value(), arguments.text(argument.value()));
    }
    When when = step.when();
    return new dev.tiphys.triggers.plan.Step(
        step.name().value(),
        step.template().value(),
        values,
        when == null ? null : condition(when, new Texts(Scope.ofCondition(workflow, scope, step))),
        step.continueOnFailed());
  }

  private static Condition condition(When when, Texts texts) {
    return switch (when) {
      case When.And and ->
          new Condition.And(condition(and.left(), texts), condition(and.right(), texts));
      case When.Or or ->
          new Condition.Or(condition(or.left(), texts), condition(or.right(), texts));
      case When.Not not -> new Condition.Not(condition(not.condition(), texts));
      case When.Compare c ->
          new Condition.Compare(
              c.operator(), condition(c.left(), texts), condition(c.right(), texts));
      case When.Operand operand -> operand(texts.text(operand.text()), operand.quoted());
    };
  }

  /** A word that can be nothing but a text is one, with quotes or without. */
  private static Condition operand(Text text, boolean quoted) {
    boolean word =
        text.parts().size() == 1
            && text.parts().getFirst() instanceof Text.Literal(String literal)
            && Value.bare(literal).equals(new Value.Text(literal));
    return new Condition.Operand(text, quoted || word);
  }

  /** Texts of one place of the file, their references looked up. */
  private record Texts(Scope scope) {
    List<Text> all(List<TaggedText> texts) {
      return texts.stream().map(this::text).toList();
    }

    Text text(TaggedText text) {
      return new Text(text.segments().stream().map(this::part).toList());
    }

    private Text.Part part(TaggedText.Segment segment) {
      return switch (segment) {
        case TaggedText.Verbatim verbatim -> new Text.Literal(verbatim.text());
        case TaggedText.Variable variable ->
            switch (scope.resolve(variable.name())) {
              case Scope.Known known -> known.reference();
              case Scope.Mistake mistake -> throw new IllegalStateException("unchecked " + mistake);
            };
      };
    }
  }
}
