package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tells which armed steps nothing can start any more: every stream that feeds one has been heard to
 * its end, and whatever could still open such a stream is at rest itself. Steps that feed each
 * other in a circle come to rest together, so the answer is the greatest set that is consistent,
 * not the smallest.
 */
final class Quiescence {
  private final Plan plan;
  private final View view;
  private final Run run;

  Quiescence(Plan plan, View view, Run run) {
    this.plan = plan;
    this.view = view;
    this.run = run;
  }

  /** Paths of the armed, running nodes that nothing can start any more. */
  Set<String> atRest() {
    Set<String> candidates = new TreeSet<>();
    run.nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed armed
                  && armed.phase() == Phase.RUNNING
                  && idle(path, armed)) {
                candidates.add(path);
              }
            });
    boolean removed;
    do {
      removed = candidates.removeIf(path -> fedFromOutsideOf(candidates, path));
    } while (removed);
    return candidates;
  }

  private boolean idle(String path, Node.Armed armed) {
    Input.FromEvent input = inputOf(armed);
    if (view.at(path).stream().anyMatch(instance -> !instance.state().terminal())) {
      return false;
    }
    if (input.on().endless()) {
      // nobody can tell whether more will come from outside: it waits for its first event alone
      return armed.closed() || armed.tally().started() > 0 || !view.at(path).isEmpty();
    }
    Accounted accounted = new Accounted(armed.heard(), view.at(path));
    return view.instances().stream().allMatch(i -> drained(i, input.on().type(), accounted));
  }

  /** Whether the node has accounted for all that the instance emitted of the type. */
  private boolean drained(Instance instance, String type, Accounted accounted) {
    return neverEmits(instance)
        || instance.cutOff()
        || streams(plan, run, instance, type).allMatch(accounted::toTheEnd);
  }

  /** Stopped in the queue, or never launched. */
  static boolean neverEmits(Instance instance) {
    return !instance.started() && instance.state().terminal();
  }

  /** The streams of the type that an instance opens when it runs. */
  static Stream<String> streams(Plan plan, Run run, Instance instance, String type) {
    return plan.task(instance.identity().task()).sidecars().stream()
        .filter(sidecar -> sidecar.emits(type))
        .map(sidecar -> stream(run, instance, sidecar));
  }

  static String stream(Run run, Instance instance, EventSidecar sidecar) {
    return new StreamSource(run.workflow(), run.name(), instance.name(), sidecar.name())
        .uri()
        .toString();
  }

  /** Whether something that is not at rest could still open a stream that feeds the node. */
  private boolean fedFromOutsideOf(Set<String> atRest, String path) {
    String type = inputOf(run.armed(path)).on().type();
    return run.nodes().entrySet().stream()
        .filter(e -> e.getValue().phase() == Phase.RUNNING && !atRest.contains(e.getKey()))
        .anyMatch(e -> mayEmit(e, type, path));
  }

  private boolean mayEmit(Map.Entry<String, Node> entry, String type, String listener) {
    return switch (entry.getValue()) {
      case Node.Task task -> emits(task.template(), type);
      case Node.Armed armed -> emits(armed.template(), type);
      // what comes later in a scope around the listener waits for the listener
      case Node.Scope scope ->
          !Paths.below(listener, entry.getKey()) && laterGroupsEmit(scope, type);
    };
  }

  private boolean emits(String template, String type) {
    return plan.template(template) instanceof TaskTemplate task
        && task.sidecars().stream().anyMatch(sidecar -> sidecar.emits(type));
  }

  private boolean laterGroupsEmit(Node.Scope scope, String type) {
    return ((StepsTemplate) plan.template(scope.template()))
        .groups().stream()
            .skip(scope.group() + 1L)
            .flatMap(List::stream)
            .anyMatch(step -> reaches(step.template(), type, new HashSet<>()));
  }

  private boolean reaches(String template, String type, Set<String> visited) {
    if (!visited.add(template)) {
      return false;
    }
    Template called = plan.template(template);
    return switch (called) {
      case TaskTemplate task -> emits(task.name(), type);
      case StepsTemplate steps ->
          steps.groups().stream()
              .flatMap(List::stream)
              .map(Step::template)
              .anyMatch(next -> reaches(next, type, visited));
    };
  }

  private Input.FromEvent inputOf(Node.Armed armed) {
    return plan.task(armed.template()).createInput().orElseThrow();
  }
}
