package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepIndex;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Verdict;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts nodes into a run's tree as they are reached. */
final class Entering {
  /** How deep calls may nest, as in Argo: a workflow that calls itself too often fails. */
  static final int DEPTH_MAX = 100;

  /**
   * How many nodes a run may have: a scope that calls itself twice would never come to its depth.
   */
  static final int NODES_MAX = 3_000;

  private final Plan plan;
  private final StepIndex steps;
  private final View view;
  private final TreeMap<String, Node> nodes;
  private Run run;

  /** The instances tell what earlier nodes of the same step have heard. */
  Entering(Plan plan, StepIndex steps, View view) {
    this.plan = plan;
    this.steps = steps;
    this.view = view;
    this.run = view.run();
    this.nodes = new TreeMap<>(run.nodes());
  }

  Run run() {
    return run.withNodes(nodes);
  }

  /** The node of a call. */
  static Node node(Template template, SortedMap<String, String> inputs) {
    return switch (template) {
      case TaskTemplate task -> new Node.Task(task.name(), inputs, false, Phase.RUNNING, "");
      case StepsTemplate steps -> new Node.Scope(steps.name(), inputs, 0, Phase.RUNNING, "");
    };
  }

  static boolean eventStarted(Plan plan, Step step) {
    return plan.template(step.template()) instanceof TaskTemplate task && task.eventStarted();
  }

  /** Puts a node in; a scope is entered at once, so that it is armed before anything runs. */
  void enter(String path, Node node) {
    switch (node) {
      case Node.Scope scope when nodes.size() > NODES_MAX ->
          put(path, scope.to(Phase.FAILED, "the run has more than " + NODES_MAX + " nodes"));
      case Node.Scope scope when Paths.depth(path) > DEPTH_MAX ->
          put(path, scope.to(Phase.FAILED, "calls nest deeper than " + DEPTH_MAX));
      case Node.Scope scope -> {
        put(path, scope);
        arm(path, scope);
        group(path, scope);
      }
      case Node.Task task ->
          put(path, stoppedEarly(task.template()).isPresent() ? task.stop() : task);
      case Node.Armed armed ->
          put(path, stoppedEarly(armed.template()).map(armed::stop).orElse(armed));
    }
  }

  /** When the task was stopped before it existed; that is used up by its first node. */
  private Optional<OffsetDateTime> stoppedEarly(String task) {
    TreeMap<String, OffsetDateTime> rest = new TreeMap<>(run.earlyStops());
    Optional<OffsetDateTime> time = Optional.ofNullable(rest.remove(task));
    if (time.isPresent()) {
      run = run.withEarlyStops(rest);
    }
    return time;
  }

  /** Reaches the ordinary steps of the group that the scope is at. */
  void group(String path, Node.Scope scope) {
    put(path, scope);
    for (Step step : template(scope).groups().get(scope.group())) {
      if (!eventStarted(plan, step)) {
        ordinary(Paths.child(path, scope.group(), step.name()), scope, step);
      }
    }
  }

  private void arm(String path, Node.Scope scope) {
    StepsTemplate template = template(scope);
    for (int group = 0; group < template.groups().size(); group++) {
      for (Step step : template.groups().get(group)) {
        if (eventStarted(plan, step)) {
          enter(
              Paths.child(path, group, step.name()),
              Node.Armed.create(
                  step.template(), path, step.name(), heardBefore(scope.template(), step.name())));
        }
      }
    }
  }

  /** What came before a step is armed is not for it, but it has to know how far streams are. */
  private Heard heardBefore(String scopeTemplate, String step) {
    Heard heard = run.unheard().getOrDefault(Listener.step(scopeTemplate, step), Heard.NOTHING);
    for (Map.Entry<String, Node.Armed> other :
        Steps.armed(steps, nodes, scopeTemplate, step).entrySet()) {
      heard = heard.merge(other.getValue().heard());
      for (Instance instance : view.at(other.getKey())) {
        Instance.Cause cause = instance.identity().cause();
        if (cause != null) {
          heard = heard.with(run.ref(cause));
        }
      }
    }
    return heard;
  }

  private void ordinary(String path, Node.Scope scope, Step step) {
    Function<Text.Reference, String> values = Values.of(run, scope.inputs());
    Template template = plan.template(step.template());
    Node node = node(template, Values.inputs(template, step, values));
    switch (step.when() == null ? new Verdict.Holds() : step.when().decide(values)) {
      case Verdict.Holds() -> enter(path, node);
      case Verdict.Fails() -> put(path, node.to(Phase.SKIPPED, "its condition was false"));
      case Verdict.Undecided(String reason) ->
          put(
              path,
              node.to(
                  Phase.FAILED, Paths.step(path) + ": its condition cannot be decided: " + reason));
    }
  }

  private StepsTemplate template(Node.Scope scope) {
    return (StepsTemplate) plan.template(scope.template());
  }

  private void put(String path, Node node) {
    nodes.put(path, node);
  }
}
