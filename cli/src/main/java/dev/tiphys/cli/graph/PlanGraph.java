package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Draws a Plan: what is reachable from its entrypoint, and the events in between. */
public final class PlanGraph {
  private final Plan plan;
  private final ScopeDrawing drawing;
  private final List<Graph.Node> outside = new ArrayList<>();
  private final SequencedSet<Graph.Edge> events = new LinkedHashSet<>();

  private PlanGraph(Plan plan) {
    this.plan = plan;
    this.drawing = new ScopeDrawing(plan);
  }

  /** The same Plan gives the same graph, ids included. */
  public static Graph of(Plan plan) {
    return new PlanGraph(plan).draw();
  }

  private Graph draw() {
    Graph.Node beginning = drawing.node(Graph.Kind.BEGINNING, "", List.of());
    outside.add(beginning);
    List<Graph.Scope> scopes =
        switch (plan.template(plan.entrypoint())) {
          case StepsTemplate steps -> {
            ScopeDrawing.Drawn entry = drawing.scope(steps, steps.name());
            drawing.connect(List.of(beginning.id()), entry.entries());
            yield List.of(entry.scope());
          }
          case TaskTemplate task -> {
            Graph.Node only = drawing.task(task, task.name(), List.of());
            outside.add(only);
            drawing.connect(List.of(beginning.id()), List.of(only.id()));
            yield List.of();
          }
        };
    plan.rules().forEach(rule -> draw(rule, beginning));
    List<Graph.Edge> edges = new ArrayList<>(drawing.edges());
    edges.addAll(events);
    return new Graph(plan.workflow(), outside, scopes, edges);
  }

  private void draw(Rule rule, Graph.Node beginning) {
    switch (rule) {
      case Rule.Begin begin -> draw(begin.on(), List.of(beginning.id()), EventPolicy.CREATE);
      case Rule.Start start ->
          draw(start.on(), drawing.step(start.scope(), start.step()), EventPolicy.CREATE);
      case Rule.Stop stop -> draw(stop.on(), drawing.callers(stop.task()), EventPolicy.DELETE);
      case Rule.Update update ->
          draw(update.on(), drawing.callers(update.task()), EventPolicy.UPDATE);
    }
  }

  private void draw(EventFilter on, List<String> targets, EventPolicy policy) {
    if (targets.isEmpty()) {
      return;
    }
    List<String> sources = on.endless() ? List.of(external(Words.type(on))) : emitters(on.type());
    for (String source : sources) {
      for (String target : targets) {
        events.add(new Graph.Event(source, target, Words.of(on), policy));
      }
    }
  }

  private List<String> emitters(String type) {
    return plan.emitters(type).stream()
        .flatMap(task -> drawing.callers(task.name()).stream())
        .toList();
  }

  private String external(String type) {
    return outside.stream()
        .filter(node -> node.kind() == Graph.Kind.EXTERNAL && node.label().equals(Words.cut(type)))
        .findFirst()
        .orElseGet(() -> newExternal(type))
        .id();
  }

  private Graph.Node newExternal(String type) {
    Graph.Node node = drawing.node(Graph.Kind.EXTERNAL, Words.cut(type), List.of("from outside"));
    outside.add(node);
    return node;
  }
}
