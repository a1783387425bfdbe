package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws scopes and what waits for what in them. A scope is drawn once, however often it is called,
 * so that recursion ends and the picture's size stays that of the file.
 */
final class ScopeDrawing {
  private record StepKey(String scope, String step) {}

  /**
   * A scope with its outer nodes: those that begin when it is entered, and those that it is
   * complete with.
   */
  record Drawn(Graph.Scope scope, List<String> entries, List<String> exits) {}

  private final Plan plan;
  private final Set<String> drawnScopes = new HashSet<>();
  private final Map<StepKey, String> steps = new HashMap<>();
  private final Map<String, List<String>> callers = new HashMap<>();
  private final List<Graph.Edge> edges = new ArrayList<>();
  private int lastNode;
  private int lastScope;

  ScopeDrawing(Plan plan) {
    this.plan = plan;
  }

  Drawn scope(StepsTemplate template, String label) {
    drawnScopes.add(template.name());
    Frame frame = new Frame(template.name(), "s" + ++lastScope);
    template.groups().forEach(frame::draw);
    return frame.drawn(label);
  }

  Graph.Node task(TaskTemplate task, String label, List<String> details) {
    Graph.Kind kind = task.eventStarted() ? Graph.Kind.EVENT_STARTED : Graph.Kind.STEP;
    Graph.Node node = node(kind, label, details);
    callers.computeIfAbsent(task.name(), name -> new ArrayList<>()).add(node.id());
    return node;
  }

  Graph.Node node(Graph.Kind kind, String label, List<String> details) {
    return new Graph.Node("n" + ++lastNode, kind, Words.cut(label), details);
  }

  void connect(List<String> from, List<String> to) {
    for (String before : from) {
      for (String after : to) {
        edges.add(new Graph.Control(before, after));
      }
    }
  }

  /** The node of a step; none if its scope is not reachable. */
  List<String> step(String scope, String step) {
    String id = steps.get(new StepKey(scope, step));
    return id == null ? List.of() : List.of(id);
  }

  /** The nodes of all steps that call the task. */
  List<String> callers(String task) {
    return callers.getOrDefault(task, List.of());
  }

  List<Graph.Edge> edges() {
    return edges;
  }

  /** One scope while it is drawn, group after group. */
  private final class Frame {
    private final String template;
    private final String id;
    private final List<Graph.Node> nodes = new ArrayList<>();
    private final List<Graph.Scope> scopes = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();
    private List<String> open = List.of();

    Frame(String template, String id) {
      this.template = template;
      this.id = id;
    }

    /**
     * An event-started step waits for no group before its own (it is armed when the scope is
     * entered), yet what comes after waits for it.
     */
    void draw(List<Step> group) {
      boolean first = nodes.isEmpty() && scopes.isEmpty();
      List<String> waiting = new ArrayList<>();
      List<String> armed = new ArrayList<>();
      List<String> exits = new ArrayList<>();
      for (Step step : group) {
        draw(step, waiting, armed, exits);
      }
      if (first) {
        entries.addAll(waiting.isEmpty() ? armed : waiting);
      } else {
        follow(open, waiting);
      }
      if (waiting.isEmpty()) {
        exits.addAll(open);
      }
      open = exits;
    }

    private void draw(Step step, List<String> waiting, List<String> armed, List<String> exits) {
      switch (plan.template(step.template())) {
        case TaskTemplate task -> {
          Graph.Node node = task(task, step.name(), details(task, step));
          (node.kind() == Graph.Kind.EVENT_STARTED ? armed : waiting).add(node.id());
          exits.add(node.id());
          nodes.add(node);
          steps.put(new StepKey(template, step.name()), node.id());
        }
        case StepsTemplate inner when !drawnScopes.contains(inner.name()) -> {
          Drawn drawn = scope(inner, String.join(": ", labels(step)));
          waiting.addAll(drawn.entries());
          exits.addAll(drawn.exits());
          scopes.add(drawn.scope());
        }
        case StepsTemplate _ -> {
          Graph.Node node = node(Graph.Kind.CALL, step.name(), details(step));
          waiting.add(node.id());
          exits.add(node.id());
          nodes.add(node);
        }
      }
    }

    /** Between two groups of several steps goes a barrier: n + m edges, not n * m. */
    private void follow(List<String> before, List<String> after) {
      if (before.size() > 1 && after.size() > 1) {
        Graph.Node barrier = node(Graph.Kind.BARRIER, "", List.of());
        nodes.add(barrier);
        connect(before, List.of(barrier.id()));
        connect(List.of(barrier.id()), after);
      } else {
        connect(before, after);
      }
    }

    Drawn drawn(String label) {
      return new Drawn(new Graph.Scope(id, label, nodes, scopes), entries, open);
    }
  }

  private static List<String> details(TaskTemplate task, Step step) {
    List<String> details = new ArrayList<>(details(step));
    if (task.gathers()) {
      details.add(Words.gathering(task.createInputs()));
    }
    return details;
  }

  private static List<String> labels(Step step) {
    List<String> labels = new ArrayList<>(List.of(step.name()));
    labels.addAll(details(step));
    return labels;
  }

  private static List<String> details(Step step) {
    List<String> details = new ArrayList<>();
    if (!step.template().equals(step.name())) {
      details.add(Words.cut("template " + step.template()));
    }
    if (step.when() != null) {
      details.add(Words.when(step.when()));
    }
    return details;
  }
}
