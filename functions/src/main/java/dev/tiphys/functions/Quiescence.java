package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Accounted;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Settling;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
  private final Instant now;
  private final SortedMap<String, Settling> settling = new TreeMap<>();

  Quiescence(Plan plan, View view, Run run, Instant now) {
    this.plan = plan;
    this.view = view;
    this.run = run;
    this.now = now;
  }

  /** Those that would be at rest by now, were it known that nothing from outside is under way. */
  SortedMap<String, Settling> settling() {
    return settling;
  }

  /** Paths of the armed, running nodes that nothing can start any more. */
  Set<String> atRest() {
    return atRest(armed -> armed.sets().open().isEmpty());
  }

  /**
   * The same if nothing waited in joins and windows: those that feed each other in a circle are at
   * rest together, though each holds what another might still complete.
   */
  Set<String> atRestButForWhatWaits() {
    return atRest(armed -> true);
  }

  private Set<String> atRest(Predicate<Node.Armed> may) {
    Map<String, Set<String>> candidates = new TreeMap<>();
    run.nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed armed
                  && armed.phase() == Phase.RUNNING
                  && may.test(armed)
                  && idle(path, armed)) {
                candidates.put(path, spent(path, armed));
              }
            });
    do {
      settle(candidates);
      // what is under way is asked for last: only what came before counts
    } while (candidates.keySet().removeIf(path -> awaitsEvents(path) || settles(path)));
    return candidates.keySet();
  }

  private void settle(Map<String, Set<String>> candidates) {
    boolean removed;
    do {
      removed =
          candidates
              .entrySet()
              .removeIf(e -> startable(candidates.keySet(), e.getKey(), e.getValue()));
    } while (removed);
  }

  private boolean awaitsEvents(String path) {
    return inputsOf(run.armed(path)).stream()
        .map(Input.FromEvent::on)
        .anyMatch(on -> on.endless() && view.awaits(path, on.type()));
  }

  /** Of a step that a stop has closed nothing more is wanted from outside. */
  private boolean settles(String path) {
    Node.Armed armed = run.armed(path);
    if (view.quiet().isZero() || armed.closed() || !endless(armed)) {
      return false;
    }
    Settling its = run.settling().getOrDefault(path, Settling.begin(now, view.quiet()));
    for (Instance instance : view.at(path)) {
      its = its.after(instance.createdAt(), view.quiet());
    }
    settling.put(path, its);
    return now.isBefore(its.until());
  }

  /**
   * Whether something may still start an instance of the node: a value that waits has found what is
   * over, and lacks the rest; where none waits, each input has to bring one.
   *
   * @param spent names of its inputs that bring no more of what has been emitted
   */
  private boolean startable(Set<String> atRest, String path, Set<String> spent) {
    Node.Armed armed = run.armed(path);
    if (endless(armed)
        && !armed.closed()
        && others(path, armed).anyMatch(it -> goesOn(it, atRest))) {
      return true;
    }
    Predicate<Input.FromEvent> over =
        input -> spent.contains(input.name()) && !fedFromOutsideOf(atRest, input.on().type(), path);
    return armed.sets().open().isEmpty()
        ? inputsOf(armed).stream().noneMatch(over)
        : !inputsOf(armed).stream().allMatch(over);
  }

  /** Whether nothing but what is outside of the run starts it. */
  boolean endless(Node.Armed armed) {
    return inputsOf(armed).stream().allMatch(input -> input.on().endless());
  }

  /** The other steps of its group, and those of the groups before, which need not be over. */
  private Stream<Map.Entry<String, Node>> others(String path, Node.Armed armed) {
    int group = Paths.group(path, armed.scope());
    return run.nodes().entrySet().stream()
        .filter(e -> Paths.below(e.getKey(), armed.scope()) && !e.getKey().equals(path))
        .filter(e -> Paths.depth(e.getKey()) == Paths.depth(path))
        .filter(e -> Paths.group(e.getKey(), armed.scope()) <= group);
  }

  private static boolean goesOn(Map.Entry<String, Node> other, Set<String> atRest) {
    return !other.getValue().phase().complete() && !atRest.contains(other.getKey());
  }

  /**
   * Names of the inputs of an armed node for which nothing can come any more, whether or not
   * something waits.
   *
   * @param atRest the nodes that are at rest; the node itself counts as one if it is idle
   */
  Set<String> over(Set<String> atRest, String path) {
    Node.Armed armed = run.armed(path);
    Set<String> others = new HashSet<>(atRest);
    if (idle(path, armed)) {
      others.add(path);
    }
    Accounted accounted = new Accounted(armed.heard(), view.at(path));
    return inputsOf(armed).stream()
        .filter(input -> input.on().endless() ? armed.closed() : drained(input, accounted))
        .filter(input -> !fedFromOutsideOf(others, input.on().type(), path))
        .map(Input.FromEvent::name)
        .collect(Collectors.toSet());
  }

  /** Whether no instance of the node lives, or is about to. */
  private boolean idle(String path, Node.Armed armed) {
    return armed.sets().closed().isEmpty()
        && view.at(path).stream().allMatch(instance -> instance.state().terminal());
  }

  /** Names of the inputs of which the node waits for nothing that has been emitted. */
  private Set<String> spent(String path, Node.Armed armed) {
    List<Input.FromEvent> inputs = inputsOf(armed);
    boolean enough = armed.closed() || (endless(armed) && enough(path, armed));
    Accounted accounted = new Accounted(armed.heard(), view.at(path));
    return inputs.stream()
        .filter(input -> input.on().endless() ? enough : drained(input, accounted))
        .map(Input.FromEvent::name)
        .collect(Collectors.toSet());
  }

  /**
   * Whether what came from outside for the node has to be looked at by {@code advance}, since
   * nothing else is there that would have it look.
   */
  boolean alone(String path) {
    Node.Armed armed = run.armed(path);
    return endless(armed)
        && enough(path, armed)
        && others(path, armed).noneMatch(other -> goesOn(other, Set.of()));
  }

  /**
   * Nobody can tell whether more will come from outside. A step waits for its stop, if it has one;
   * else until it has started something. What gathers values has them looked at when an event ended
   * what is beside it.
   */
  private boolean enough(String path, Node.Armed armed) {
    if (eventEnded(armed)) {
      return false;
    }
    return armed.tally().started() > 0
        || !view.at(path).isEmpty()
        || (hasGathered(armed)
            && others(path, armed).map(Map.Entry::getValue).anyMatch(this::eventEnded));
  }

  private boolean hasGathered(Node.Armed armed) {
    return plan.task(armed.template()).gathers()
        && (!armed.sets().open().isEmpty() || armed.tally().skipped() > 0);
  }

  private boolean eventEnded(Node node) {
    return plan.template(node.template()) instanceof TaskTemplate task && task.eventEnded();
  }

  private boolean drained(Input.FromEvent input, Accounted accounted) {
    return view.instances().stream().allMatch(i -> drained(i, input.on().type(), accounted));
  }

  /** Whether the node has accounted for all that the instance emitted of the type. */
  private boolean drained(Instance instance, String type, Accounted accounted) {
    return neverEmits(instance)
        || instance.cutOff()
        || streams(instance, type).allMatch(accounted::toTheEnd);
  }

  /** Stopped in the queue, or never launched. */
  static boolean neverEmits(Instance instance) {
    return !instance.started() && instance.state().terminal();
  }

  /** The streams of the type that an instance opens when it runs. */
  private Stream<String> streams(Instance instance, String type) {
    return plan.task(instance.identity().task()).sidecars().stream()
        .filter(sidecar -> sidecar.emits(type))
        .map(sidecar -> instance.identity().stream(sidecar.name()));
  }

  /** Whether something that is not at rest could still open a stream that feeds the node. */
  private boolean fedFromOutsideOf(Set<String> atRest, String type, String path) {
    return run.nodes().entrySet().stream()
        .filter(e -> !e.getValue().phase().complete() && !atRest.contains(e.getKey()))
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

  private List<Input.FromEvent> inputsOf(Node.Armed armed) {
    return plan.task(armed.template()).createInputs();
  }
}
