package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Scope;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.When;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which sources the value of each input may come from: its event, its default, the arguments of the
 * steps that call its template, and the workflow's parameter of its name where it is the
 * entrypoint's.
 */
final class Taint {
  private record Place(String template, String input) {}

  private final Workflow workflow;
  private final Map<Place, Set<Source>> sources = new HashMap<>();

  private Taint(Workflow workflow) {
    this.workflow = workflow;
  }

  static Taint of(Workflow workflow) {
    Taint taint = new Taint(workflow);
    workflow.templates().forEach(taint::addOrigins);
    boolean more = true;
    while (more) { // to the fixed point: arguments pass on what arguments brought
      more = workflow.templates().scopes().filter(taint::passOn).count() > 0;
    }
    return taint;
  }

  /** The sources of an input's value. */
  Set<Source> of(Template template, Input input) {
    return at(template, input.name().value());
  }

  /** The sources of what a variable stands for in a text of the task. */
  Set<Source> of(Template.Task task, TaggedText.Variable variable) {
    return of(Scope.ofTask(workflow, task), variable, task);
  }

  private Set<Source> at(Template template, String input) {
    return sources.getOrDefault(new Place(template.name().value(), input), Set.of());
  }

  private Set<Source> of(Scope scope, TaggedText.Variable variable, Template owner) {
    return switch (scope.resolve(variable.name())) {
      case Scope.Mistake _ -> Set.of();
      case Scope.Known(Text.Reference reference) ->
          switch (reference) {
            case Text.InputParameter input -> at(owner, input.name());
            case Text.WorkflowParameter parameter -> Set.of(new Source.Parameter(parameter.name()));
            // letters, digits and dashes that Tiphys makes
            case Text.RunName _ -> Set.of();
          };
    };
  }

  private void addOrigins(Template template) {
    Scope defaults = Scope.ofDefaults(workflow);
    boolean entry = workflow.entry().filter(template::equals).isPresent();
    for (Input input : template.inputs()) {
      String name = input.name().value();
      switch (input.origin()) {
        case Input.Argument(@Nullable TaggedText _) -> {
          if (entry && workflow.mayHaveParameter(name)) {
            boolean _ = add(template, name, Set.of(new Source.Parameter(name)));
          }
        }
        case Input.Event _ -> add(template, name, Set.of(new Source.Event()));
        case Input.Broken() -> {}
      }
      input
          .defaults()
          .flatMap(TaggedText::variables)
          .forEach(v -> add(template, name, of(defaults, v, template)));
    }
  }

  private boolean passOn(Template.Steps scope) {
    return scope.steps().filter(step -> passOn(scope, step)).count() > 0;
  }

  /** The patterns name each component: a new one that takes values has to be thought of here. */
  private boolean passOn(Template.Steps scope, Step step) {
    return switch (step) {
      case Step(
              Located<String> _,
              Located<String> _,
              List<Argument> arguments,
              @Nullable When _, // decides whether, and is never part of anything
              boolean _) ->
          workflow.target(step).filter(target -> pass(scope, step, arguments, target)).isPresent();
    };
  }

  private boolean pass(Template.Steps scope, Step step, List<Argument> arguments, Template target) {
    Scope around = Scope.ofArguments(workflow, scope, step);
    String own = "steps." + step.name() + ".";
    Function<TaggedText.Variable, Template> owner =
        variable -> variable.name().startsWith(own) ? target : scope;
    boolean added = false;
    for (Argument argument : arguments) {
      Set<Source> brought = new HashSet<>();
      argument.value().variables().forEach(v -> brought.addAll(of(around, v, owner.apply(v))));
      added |= add(target, argument.name().value(), brought);
    }
    return added;
  }

  private boolean add(Template template, String input, Set<Source> more) {
    return !more.isEmpty()
        && sources
            .computeIfAbsent(new Place(template.name().value(), input), it -> new HashSet<>())
            .addAll(more);
  }

  /** The sources of the variables of a task's main container, by name; others have none. */
  Map<String, Set<Source>> variables(Template.Task task) {
    Map<String, Set<Source>> variables = new HashMap<>();
    task.inputs()
        .forEach(
            input ->
                variables
                    .computeIfAbsent(input.variable(), it -> new HashSet<>())
                    .addAll(of(task, input)));
    // the folder in which each input is a file
    task.inputs()
        .forEach(
            input ->
                variables
                    .computeIfAbsent(Word.FOLDER_VARIABLE, it -> new HashSet<>())
                    .addAll(of(task, input)));
    boolean more = true;
    while (more) { // to the fixed point: variables name each other
      more =
          task.work().env().stream()
                  .filter(
                      v ->
                          variables
                              .computeIfAbsent(v.name().value(), it -> new HashSet<>())
                              .addAll(
                                  Stream.concat(
                                          v.value().variables().map(x -> of(task, x)),
                                          Word.references(v.value().raw()).stream()
                                              .map(x -> variables.getOrDefault(x, Set.of())))
                                      .flatMap(Set::stream)
                                      .toList()))
                  .count()
              > 0;
    }
    Set<Source> all = new HashSet<>();
    variables.values().forEach(all::addAll);
    variables.put(ShellCode.ENVIRONMENT, all);
    return variables;
  }
}
