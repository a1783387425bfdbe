package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.Scope;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.Text;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which inputs may hold what an event brought: event inputs themselves, and whatever a step's
 * argument passes them on to.
 */
final class EventValues {
  private record Place(String template, String input) {}

  private final Set<Place> tainted = new HashSet<>();

  private EventValues() {}

  static EventValues of(Workflow workflow) {
    EventValues values = new EventValues();
    EventInputs.all(workflow).forEach(i -> values.add(i.template(), i.input().name().value()));
    boolean more = true;
    while (more) { // to the fixed point: arguments pass on what arguments brought
      more = Calls.all(workflow).filter(call -> values.passOn(workflow, call)).count() > 0;
    }
    return values;
  }

  /** The references of the text, which stands in that task, to values of events. */
  Stream<TaggedText.Variable> in(Workflow workflow, Template.Task task, TaggedText text) {
    Scope scope = Scope.ofTask(workflow, task);
    return text.variables().filter(v -> holdsEventValue(scope, v, task));
  }

  /** Whether that input of the task may hold what an event brought. */
  boolean holdsEventValue(Template.Task task, String input) {
    return tainted.contains(new Place(task.name().value(), input));
  }

  private boolean passOn(Workflow workflow, Calls.Call call) {
    Scope scope = Scope.ofArguments(workflow, call.scope(), call.step());
    boolean added = false;
    for (Argument argument : call.step().arguments()) {
      boolean event =
          argument
              .value()
              .variables()
              .anyMatch(
                  v ->
                      holdsEventValue(scope, v, call.scope())
                          || (isOwnEvent(call, v) && holdsEventValue(scope, v, call.target())));
      added |= event && add(call.target(), argument.name().value());
    }
    return added;
  }

  private static boolean isOwnEvent(Calls.Call call, TaggedText.Variable variable) {
    return variable.name().startsWith("steps." + call.step().name() + ".");
  }

  private boolean holdsEventValue(Scope scope, TaggedText.Variable variable, Template owner) {
    return scope.resolve(variable.name()) instanceof Scope.Known known
        && known.reference() instanceof Text.InputParameter input
        && tainted.contains(new Place(owner.name().value(), input.name()));
  }

  private boolean add(Template template, String input) {
    return tainted.add(new Place(template.name().value(), input));
  }
}
