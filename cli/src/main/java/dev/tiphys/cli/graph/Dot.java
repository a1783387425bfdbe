package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventPolicy;
import java.util.ArrayList;
import java.util.List;

/** A graph in Graphviz's DOT language. */
public final class Dot {
  private final StringBuilder out = new StringBuilder();

  private Dot() {}

  /** Ends with a line break. */
  public static String render(Graph graph) {
    return new Dot().write(graph);
  }

  private String write(Graph graph) {
    line("", "digraph " + quoted(graph.name()) + " {");
    line("  ", "graph [fontname=\"Helvetica\", fontsize=11, color=\"#9ca3af\", style=rounded]");
    line("  ", "node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\",");
    line("  ", "      color=\"#4b5563\", fillcolor=\"#f3f4f6\"]");
    line("  ", "edge [fontname=\"Helvetica\", fontsize=10, color=\"#4b5563\"]");
    graph.nodes().forEach(node -> write(node, "  "));
    graph.scopes().forEach(scope -> write(scope, "  "));
    graph.edges().forEach(this::write);
    line("", "}");
    return out.toString();
  }

  /** Graphviz frames those subgraphs alone whose names begin with "cluster". */
  private void write(Graph.Scope scope, String indent) {
    line(indent, "subgraph cluster_" + scope.id() + " {");
    line(indent + "  ", "label=" + quoted(scope.label()));
    scope.nodes().forEach(node -> write(node, indent + "  "));
    scope.scopes().forEach(inner -> write(inner, indent + "  "));
    line(indent, "}");
  }

  private void write(Graph.Node node, String indent) {
    List<String> lines = new ArrayList<>(List.of(node.label()));
    lines.addAll(node.details());
    String label = "label=" + quoted(String.join("\n", lines));
    String point = "label=\"\", style=filled, fillcolor=\"#4b5563\", ";
    line(
        indent,
        node.id()
            + " ["
            + switch (node.kind()) {
              case BEGINNING -> point + "shape=circle, width=0.2";
              case BARRIER -> point + "shape=box, width=0.6, height=0.06";
              case STEP -> label;
              case EVENT_STARTED -> label + ", color=\"#b45309\", fillcolor=\"#fdf0d5\"";
              case CALL -> label + ", shape=box, peripheries=2, style=filled";
              case EXTERNAL -> label + ", shape=cds, color=\"#2563eb\", fillcolor=\"#e0ecff\"";
            }
            + "]");
  }

  private void write(Graph.Edge edge) {
    String ends = edge.from() + " -> " + edge.to();
    line(
        "  ",
        switch (edge) {
          case Graph.Control _ -> ends;
          case Graph.Event event ->
              ends + " [label=" + quoted(event.label()) + ", style=dashed, " + look(event) + "]";
        });
  }

  private static String look(Graph.Event event) {
    return event.policy() == EventPolicy.DELETE
        ? "color=\"#dc2626\", fontcolor=\"#dc2626\", arrowhead=tee"
        : "color=\"#b45309\", fontcolor=\"#b45309\"";
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", "\\n")
        + "\"";
  }
}
