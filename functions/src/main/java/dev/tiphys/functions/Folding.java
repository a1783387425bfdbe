package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Accounted;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Updated;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.StepIndex;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps a run small: an old ended instance is folded into what its step has heard, and only then
 * deleted. While an instance exists its name is the memory; afterwards the record is.
 */
final class Folding {
  /** Ended instances of one step that are kept, the newest. */
  static final int KEPT_MAX = 100;

  private final Plan plan;
  private final StepIndex steps;
  private final View view;

  /** By path, as before anything is folded: what is folded on the way takes nothing from others. */
  private final Map<String, Accounted> accounted = new HashMap<>();

  private Run run;

  private Folding(Plan plan, StepIndex steps, Run run, View view) {
    this.plan = plan;
    this.steps = steps;
    this.run = run;
    this.view = view;
  }

  /** The run with old instances folded in. */
  static Run of(Plan plan, StepIndex steps, Run run, View view) {
    Folding folding = new Folding(plan, steps, run, view);
    run.nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed || node instanceof Node.Task) {
                folding.old(path).forEach(instance -> folding.fold(path, instance));
              }
            });
    folding.forgetGone();
    return folding.run;
  }

  /** The ended instances that are folded in already and still exist. */
  static List<Effect> deletions(Run run, View view) {
    return view.instances().stream()
        .filter(instance -> instance.state().terminal() && run.folded(instance))
        .sorted(Comparator.comparing(Instance::name))
        .<Effect>map(instance -> new Effect.DeleteInstance(instance.name()))
        .toList();
  }

  private List<Instance> old(String path) {
    List<Instance> instances = view.at(path);
    return instances.size() <= KEPT_MAX
        ? List.of()
        : instances.stream()
            .filter(instance -> instance.state().terminal() && !run.folded(instance))
            .sorted(
                Comparator.comparing(Instance::createdAt).thenComparing(Instance::name).reversed())
            .skip(KEPT_MAX)
            .filter(this::heardByAll)
            .toList();
  }

  private void fold(String path, Instance instance) {
    Instance.Cause cause = instance.identity().cause();
    if (cause == null) {
      return; // the first of a step that was restarted: there is one
    }
    switch (run.node(path)) {
      case Node.Armed armed -> {
        run =
            run.with(
                path, armed.with(armed.heard().with(run.ref(cause)), armed.tally().with(instance)));
        if (!plan.task(armed.template()).gathers()) {
          run = run.withFate(run.listener(armed), Summary.fateOf(instance));
        }
      }
      case Node.Task task
          when task.restarts() != null
              && !instance.name().equals(task.instance(run.name(), path)) ->
          run =
              run.with(
                  path, task.with(task.restarts().fold(run.memory().ref(cause.key()), instance)));
      case Node.Task task -> {
        return;
      }
      case Node.Scope scope -> {
        return;
      }
    }
  }

  private boolean heardByAll(Instance instance) {
    return Quiescence.neverEmits(instance) || instance.cutOff() || heardToTheEnd(instance);
  }

  /** Whether whoever listens to the instance has heard each of its streams to the end. */
  static boolean heardToTheEnd(Plan plan, StepIndex steps, Run run, View view, Instance instance) {
    return new Folding(plan, steps, run, view).heardToTheEnd(instance);
  }

  private boolean heardToTheEnd(Instance instance) {
    return plan.task(instance.identity().task()).sidecars().stream()
        .filter(EventSidecar::feedsRun)
        .allMatch(sidecar -> heardByAll(instance, sidecar));
  }

  private boolean heardByAll(Instance instance, EventSidecar sidecar) {
    String stream = instance.identity().stream(sidecar.name());
    boolean armed =
        run.nodes().entrySet().stream()
            .filter(e -> e.getValue() instanceof Node.Armed)
            .filter(e -> e.getValue().phase() == Phase.RUNNING)
            .filter(e -> listens(plan, e.getValue(), sidecar.eventType()))
            .allMatch(e -> accounted(e.getKey()).toTheEnd(stream));
    return armed
        && unarmedHaveHeard(sidecar.eventType(), stream)
        && stopsHaveHeard(sidecar.eventType(), stream)
        && updatesHaveHeard(sidecar.eventType(), stream);
  }

  private Accounted accounted(String path) {
    return accounted.computeIfAbsent(path, p -> new Accounted(run.armed(p).heard(), view.at(p)));
  }

  private boolean stopsHaveHeard(String type, String stream) {
    return plan.rules().stream()
        .flatMap(r -> r instanceof Rule.Stop s ? Stream.of(s) : null)
        .filter(rule -> rule.on().type().equals(type))
        .map(rule -> run.stops().getOrDefault(rule.task(), Heard.NOTHING))
        .allMatch(heard -> new Accounted(heard, List.of()).toTheEnd(stream));
  }

  private boolean updatesHaveHeard(String type, String stream) {
    return plan.rules().stream()
        .flatMap(r -> r instanceof Rule.Update u ? Stream.of(u) : null)
        .filter(rule -> rule.on().type().equals(type))
        .map(rule -> run.updated(rule.task()).heard())
        .allMatch(heard -> new Accounted(heard, List.of()).toTheEnd(stream));
  }

  private boolean unarmedHaveHeard(String type, String stream) {
    return plan.rules().stream()
        .flatMap(r -> r instanceof Rule.Start s ? Stream.of(s) : null)
        .filter(rule -> rule.on().type().equals(type) && !armed(rule))
        .map(
            rule ->
                run.unheard().getOrDefault(Listener.step(rule.scope(), rule.step()), Heard.NOTHING))
        .allMatch(heard -> new Accounted(heard, List.of()).toTheEnd(stream));
  }

  private boolean armed(Rule.Start rule) {
    return Steps.armed(steps, run.nodes(), rule.scope(), rule.step()).values().stream()
        .anyMatch(node -> node.phase() == Phase.RUNNING);
  }

  private static boolean listens(Plan plan, Node node, String type) {
    return plan.task(node.template()).createInputs().stream()
        .anyMatch(i -> i.on().type().equals(type));
  }

  /**
   * Forgets streams that were heard to the end, when their emitter is gone. Until then an event of
   * them that comes again has to be known; and while there is an instance that one has started, it
   * has to be known whether that is counted.
   */
  private void forgetGone() {
    Set<String> started = new HashSet<>();
    for (Instance instance : view.instances()) {
      Instance.Cause cause = instance.identity().cause();
      if (cause != null && cause.position() != null) {
        started.add(cause.position().stream());
      }
    }
    TreeMap<String, Node> nodes = new TreeMap<>(run.nodes());
    nodes.replaceAll(
        (path, node) ->
            node instanceof Node.Armed armed
                ? armed.with(rest(armed.heard(), started), armed.tally())
                : node);
    TreeMap<String, Heard> unheard = new TreeMap<>(run.unheard());
    unheard.replaceAll((rule, heard) -> rest(heard, started));
    TreeMap<String, Heard> stops = new TreeMap<>(run.stops());
    stops.replaceAll((task, heard) -> rest(heard, started));
    TreeMap<String, Updated> updated = new TreeMap<>(run.updated());
    updated.replaceAll((task, it) -> rest(it, started));
    run = run.withNodes(nodes).withUnheard(unheard).withStops(stops).withUpdated(updated);
  }

  private Heard rest(Heard heard, Set<String> started) {
    Heard rest = heard;
    for (String stream : gone(heard, started)) {
      rest = rest.forgetting(stream);
    }
    return rest;
  }

  private Updated rest(Updated updated, Set<String> started) {
    Updated rest = updated;
    for (String stream : gone(updated.heard(), started)) {
      rest = rest.forgetting(stream);
    }
    return rest;
  }

  private List<String> gone(Heard heard, Set<String> started) {
    return heard.streams().entrySet().stream()
        .filter(e -> e.getValue().last() != null && !started.contains(e.getKey()))
        .map(Map.Entry::getKey)
        .filter(view::gone)
        .toList();
  }
}
