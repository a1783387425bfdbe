package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Settling;
import dev.tiphys.functions.run.Waits;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepIndex;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Moves a run on. Level-triggered: whatever woke it, it reads the run and its instances, and says
 * what should be. Repeats, reordering and gaps heal themselves at the next call.
 */
public final class Advance {
  private static final String SCOPE_FAILED = "its scope has failed";

  private final Plan plan;
  private final StepIndex steps;
  private final Instant now;
  private View view;

  private Advance(Plan plan, StepIndex steps, View view, Instant now) {
    this.plan = plan;
    this.steps = steps;
    this.view = view;
    this.now = now;
  }

  /**
   * What should be, given what is.
   *
   * @param now when that is, for windows by time
   */
  public static Decision decide(Plan plan, StepIndex steps, View view, Instant now) {
    Advance advance = new Advance(plan, steps, view, now);
    Run next = advance.settle();
    Run folded = Folding.of(plan, steps, next, advance.view);
    List<Effect> effects = new ArrayList<>();
    advance.stops(effects);
    if (!next.phase().complete()) {
      advance.creations(effects);
      advance.overdue(effects);
      effects.addAll(Update.outstanding(advance.view.run(), advance.view));
      advance.gates(effects);
    }
    effects.addAll(Folding.deletions(folded, advance.view));
    return new Decision(folded, effects, new Decision.Answer.Done());
  }

  /**
   * The run ended from outside: by a person, or by a cluster that will not take its tasks. What
   * still runs is stopped as soon as it is looked at.
   *
   * @param how {@code FAILED} or {@code ERROR}
   */
  static Run end(Run run, Phase how, String message) {
    if (run.phase().complete()) {
      return run;
    }
    TreeMap<String, Node> nodes = new TreeMap<>(run.nodes());
    nodes.replaceAll(
        (path, node) -> node.phase().complete() ? node : node.to(Phase.STOPPED, message));
    nodes.put(run.nodes().firstKey(), run.root().to(how, message));
    return run.withNodes(nodes);
  }

  /** For want of room an instance of the node cannot be created now: its step says so. */
  static Decision delay(View view, String path, String message) {
    Run run = view.run();
    Node node = run.nodes().get(path);
    Run next =
        node == null || node.phase() != Phase.RUNNING
            ? run
            : run.with(path, node.to(Phase.RUNNING, message));
    return new Decision(next, List.of(), new Decision.Answer.Done());
  }

  /**
   * Whether something is to be done about the instances that wait at a node: one may run, or is no
   * longer wanted. Looks at no other node.
   */
  static boolean concernsQueue(
      Plan plan, StepIndex steps, Run run, List<Instance> all, String path) {
    Advance advance = new Advance(plan, steps, new View(run, all), Instant.EPOCH);
    Set<String> unwanted = advance.unwanted();
    return advance.view.at(path).stream().anyMatch(i -> unwanted.contains(i.name()))
        || !advance.gates(path, run.node(path), advance.room(), unwanted).isEmpty();
  }

  /** Takes over what instances show, and lets scopes go on, until nothing changes any more. */
  private Run settle() {
    Run before;
    Run run = view.run();
    do {
      before = run;
      run = run.withNodes(observed(run));
      view = view.of(run);
      run = rested(run);
      view = view.of(run);
      run = scopes(run);
      view = view.of(run);
    } while (!run.equals(before));
    return run;
  }

  private SortedMap<String, Node> observed(Run run) {
    TreeMap<String, Node> nodes = new TreeMap<>(run.nodes());
    nodes.replaceAll(
        (path, node) ->
            node.phase().complete()
                ? node
                : switch (node) {
                  case Node.Task task -> observed(path, task);
                  case Node.Armed armed when armed.phase() == Phase.ENDING -> ended(path, armed);
                  case Node.Armed armed -> observed(path, armed);
                  case Node.Scope scope -> scope;
                });
    return nodes;
  }

  private Node observed(String path, Node.Task task) {
    Optional<Instance> instance = view.find(task.instance(view.run().name(), path));
    if (instance.isEmpty()) {
      return task.stopRequested() && allEnded(path)
          ? task.to(Phase.STOPPED, "stopped before it started")
          : task;
    }
    return switch (instance.get().state()) {
      case GATED, PENDING, RUNNING -> task.to(task.phase(), Waits.of(List.of(instance.get())));
      case SUCCEEDED -> task.to(Phase.SUCCEEDED, "");
      case FAILED -> task.to(Phase.FAILED, failure(path, instance.get()));
      case STOPPED -> task.to(Phase.STOPPED, instance.get().message());
    };
  }

  private boolean allEnded(String path) {
    return view.at(path).stream().allMatch(instance -> instance.state().terminal());
  }

  private Node observed(String path, Node.Armed armed) {
    if (Steps.of(steps, view.run(), armed).continueOnFailed()) {
      return going(path, armed);
    }
    return failed(path)
        .map(instance -> ended(path, armed.to(Phase.ENDING, failure(path, instance))))
        .orElseGet(() -> going(path, armed));
  }

  private Node going(String path, Node.Armed armed) {
    return gathered(path, armed).to(Phase.RUNNING, Waits.of(view.at(path)));
  }

  private Optional<Instance> failed(String path) {
    return view.at(path).stream()
        .filter(instance -> instance.state() == Instance.State.FAILED)
        .min(Comparator.comparing(Instance::createdAt).thenComparing(Instance::name));
  }

  /** A step that starts nothing more is complete when all of its instances have ended. */
  private Node ended(String path, Node.Armed armed) {
    if (!allEnded(path)) {
      return armed;
    }
    boolean failed = hasFailed(path, armed, Steps.of(steps, view.run(), armed));
    return armed.to(failed ? Phase.FAILED : Phase.STOPPED, armed.message());
  }

  private boolean hasFailed(String path, Node.Armed armed, Step step) {
    return !step.continueOnFailed() && (armed.tally().failed() > 0 || failed(path).isPresent());
  }

  /** Sets whose instance is there are done with; windows whose time is over are closed. */
  private Node.Armed gathered(String path, Node.Armed armed) {
    Node.Armed seen = Gathering.seen(view.run(), view, path, armed);
    if (seen.sets().open().isEmpty()) {
      return seen;
    }
    Gathering gathering = gathering(view.run().with(path, seen), path);
    gathering.closeDue();
    return gathering.node();
  }

  private Gathering gathering(Run run, String path) {
    return new Gathering(plan, steps, view, run, path, now);
  }

  private static String failure(String path, Instance instance) {
    return Paths.step(path) + ": " + instance.name() + " failed: " + instance.message();
  }

  /** An armed step is complete when nothing can start it any more and its turn has come. */
  private Run rested(Run run) {
    Quiescence quiescence = new Quiescence(plan, view, run, now);
    Set<String> atRest = quiescence.atRest();
    Run next = waitedInVain(settling(run, quiescence.settling()), quiescence, atRest);
    for (String path : atRest) {
      Node.Armed armed = run.armed(path);
      Node.Scope scope = run.scope(armed.scope());
      if (Paths.group(path, armed.scope()) <= scope.group()) {
        next =
            next.with(path, armed.to(Phase.SUCCEEDED, armed.sets().unusedText()))
                .withSettling(path, null);
      }
    }
    return next;
  }

  private static Run settling(Run run, SortedMap<String, Settling> steps) {
    Run next = run;
    for (Map.Entry<String, Settling> step : steps.entrySet()) {
      next = next.withSettling(step.getKey(), step.getValue());
    }
    return next;
  }

  /** What waits in joins and windows for events that do not come any more is done with. */
  private Run waitedInVain(Run run, Quiescence quiescence, Set<String> atRest) {
    Run next = run;
    for (String path : gathering(run)) {
      Set<String> over = quiescence.over(atRest, path);
      if (!over.isEmpty()) {
        Gathering gathering = gathering(next, path);
        gathering.end(over);
        next = next.with(path, gathering.node());
      }
    }
    return next.equals(run) ? firstInCircle(run, quiescence) : next;
  }

  /** Those that wait for each other wait in vain; what one of them starts may help the others. */
  private Run firstInCircle(Run run, Quiescence quiescence) {
    List<String> waiting =
        gathering(run).stream().filter(path -> !run.armed(path).sets().open().isEmpty()).toList();
    if (waiting.isEmpty()) {
      return run;
    }
    Set<String> circle = quiescence.atRestButForWhatWaits();
    return waiting.stream()
        .filter(circle::contains)
        .findFirst()
        .map(
            path -> {
              Gathering gathering = gathering(run, path);
              gathering.finish();
              Node.Armed done = gathering.node();
              return run.with(path, quiescence.endless(done) ? done.close() : done);
            })
        .orElse(run);
  }

  private List<String> gathering(Run run) {
    return run.nodes().entrySet().stream()
        .filter(e -> e.getValue() instanceof Node.Armed && e.getValue().phase() == Phase.RUNNING)
        .filter(e -> plan.task(e.getValue().template()).gathers())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Run scopes(Run run) {
    Run next = run;
    // inner scopes first: their paths are longer than the outer ones' that they begin with
    for (String path : run.nodes().reversed().keySet()) {
      if (next.nodes().get(path) instanceof Node.Scope scope && !scope.phase().complete()) {
        next = scope.phase() == Phase.ENDING ? ending(next, path, scope) : scope(next, path, scope);
      }
    }
    return next;
  }

  private Run scope(Run run, String path, Node.Scope scope) {
    Optional<String> failure = failure(run, path, scope).or(() -> loss(run, path));
    if (failure.isPresent()) {
      return ending(run, path, scope.to(Phase.ENDING, failure.get()));
    }
    StepsTemplate template = (StepsTemplate) plan.template(scope.template());
    boolean groupComplete =
        template.groups().get(scope.group()).stream()
            .map(step -> node(run, path, scope.group(), step))
            .allMatch(node -> node.phase().complete());
    if (!groupComplete) {
      return run;
    }
    if (scope.group() + 1 == template.groups().size()) {
      return run.with(path, scope.to(Phase.SUCCEEDED, ""));
    }
    Entering entering = new Entering(plan, steps, view.of(run));
    entering.group(path, scope.next());
    return entering.run();
  }

  private Optional<String> failure(Run run, String path, Node.Scope scope) {
    StepsTemplate template = (StepsTemplate) plan.template(scope.template());
    for (int group = 0; group < template.groups().size(); group++) {
      for (Step step : template.groups().get(group)) {
        String child = Paths.child(path, group, step.name());
        Node node = run.nodes().get(child);
        if (node != null && failed(child, node, step)) {
          return Optional.of(node.message());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Events of a task that ended well, and will never come: its sidecar was lost before it had
   * published them all. The run must not be called a success. Of a task that was stopped nothing
   * more is wanted, and one that failed has failed its step.
   */
  private Optional<String> loss(Run run, String scope) {
    return view.instances().stream()
        .filter(i -> i.cutOff() && i.state() == Instance.State.SUCCEEDED)
        .filter(i -> Paths.below(i.identity().node(), scope))
        .filter(i -> !Folding.heardToTheEnd(plan, steps, run, view, i))
        .min(Comparator.comparing(Instance::createdAt).thenComparing(Instance::name))
        .map(
            i ->
                Paths.step(i.identity().node())
                    + ": events of "
                    + i.name()
                    + " are lost: it has ended, and its sidecar had not published all");
  }

  private boolean failed(String path, Node node, Step step) {
    return !step.continueOnFailed()
        && (node.phase() == Phase.FAILED
            || (node instanceof Node.Armed armed
                && node.phase() == Phase.ENDING
                && hasFailed(path, armed, step)));
  }

  /** As in Argo, what has begun beside a failed step ends by itself, and then the scope fails. */
  private Run ending(Run run, String path, Node.Scope scope) {
    TreeMap<String, Node> nodes = new TreeMap<>(run.nodes());
    nodes.replaceAll((at, node) -> Paths.below(at, path) ? beside(run, at, node) : node);
    boolean live =
        nodes.entrySet().stream()
                .anyMatch(e -> Paths.below(e.getKey(), path) && !e.getValue().phase().complete())
            || view.instances().stream()
                .anyMatch(i -> Paths.below(i.identity().node(), path) && !i.state().terminal());
    boolean cut = scope.message().equals(SCOPE_FAILED) && failure(run, path, scope).isEmpty();
    Phase end = cut ? Phase.STOPPED : Phase.FAILED;
    nodes.put(path, live ? scope : scope.to(end, scope.message()));
    return run.withNodes(nodes);
  }

  /**
   * What becomes of a node in a scope that has failed. The event that ends a task may never come
   * now, so whatever one is to end is stopped; and events start nothing more, nor does what would
   * have waited for them.
   */
  private Node beside(Run run, String path, Node node) {
    if (node.phase() != Phase.RUNNING) {
      return node;
    }
    return switch (node) {
      case Node.Task task ->
          plan.task(task.template()).eventEnded() ? task.to(Phase.STOPPED, SCOPE_FAILED) : task;
      case Node.Armed armed ->
          armed.to(
              plan.task(armed.template()).eventEnded() ? Phase.STOPPED : Phase.ENDING,
              SCOPE_FAILED);
      case Node.Scope scope -> listens(run, path) ? scope.to(Phase.ENDING, SCOPE_FAILED) : scope;
    };
  }

  private static boolean listens(Run run, String scope) {
    return run.nodes().entrySet().stream()
        .anyMatch(
            e ->
                e.getValue() instanceof Node.Armed armed
                    && Paths.below(e.getKey(), scope)
                    && !armed.phase().complete());
  }

  private Node node(Run run, String path, int group, Step step) {
    return run.node(Paths.child(path, group, step.name()));
  }

  private void stops(List<Effect> effects) {
    Stop.outdated(view.run(), view)
        .forEach(i -> effects.add(new Effect.StopInstance(i.name(), "no longer wanted")));
  }

  /** What could not start in its time has failed, with what it waited for. */
  private void overdue(List<Effect> effects) {
    Set<String> unwanted = unwanted();
    view.instances().stream()
        .filter(i -> i.overdue(now) && !unwanted.contains(i.name()))
        .sorted(Comparator.comparing(Instance::name))
        .forEach(i -> effects.add(new Effect.GiveUpInstance(i.name(), notStarted(i))));
  }

  private String notStarted(Instance instance) {
    Duration limit = plan.task(instance.identity().task()).pod().pendingTimeout();
    String text = "did not start within %,d s".formatted(limit.toSeconds());
    return instance.message().isEmpty() ? text : text + ": " + instance.message();
  }

  /** A successor begins when its predecessor has ended: the two may need the same thing. */
  private void creations(List<Effect> effects) {
    Run run = view.run();
    for (String path : gathering(run)) {
      effects.addAll(gathering(run, path).effects(true));
    }
    for (Map.Entry<String, Node> entry : run.nodes().entrySet()) {
      String path = entry.getKey();
      if (entry.getValue() instanceof Node.Task task
          && task.phase() == Phase.RUNNING
          && !task.stopRequested()
          && !view.exists(task.instance(run.name(), path))
          && allEnded(path)) {
        TaskTemplate template = plan.task(task.template());
        effects.add(
            new Effect.CreateInstance(
                InstanceSpecs.ordinary(run, path, task, template, plan.parallelism() != null)));
      }
    }
  }

  /** Opens gates, oldest first, as far as the limits of the step and of the run allow. */
  private void gates(List<Effect> effects) {
    int room = room();
    Set<String> unwanted = unwanted();
    for (Map.Entry<String, Node> entry : view.run().nodes().entrySet()) {
      if (room > 0 && entry.getValue().phase() == Phase.RUNNING) {
        List<Effect> opened = gates(entry.getKey(), entry.getValue(), room, unwanted);
        effects.addAll(opened);
        room -= opened.size();
      }
    }
  }

  /** How many more instances the run may have active. */
  private int room() {
    return plan.parallelism() == null ? Integer.MAX_VALUE : plan.parallelism() - view.active();
  }

  private Set<String> unwanted() {
    return Stop.outdated(view.run(), view).map(Instance::name).collect(Collectors.toSet());
  }

  private List<Effect> gates(String path, Node node, int room, Set<String> unwanted) {
    List<Instance> instances = view.at(path);
    int limit =
        switch (node) {
          case Node.Armed armed -> plan.task(armed.template()).limit() - View.active(instances);
          case Node.Task task -> 1;
          case Node.Scope scope -> 0;
        };
    return instances.stream()
        .filter(i -> i.state() == Instance.State.GATED && !unwanted.contains(i.name()))
        .sorted(Comparator.comparing(Instance::createdAt).thenComparing(Instance::name))
        .limit(Math.max(0, Math.min(limit, room)))
        .<Effect>map(i -> new Effect.OpenGate(i.name()))
        .toList();
  }
}
