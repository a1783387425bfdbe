package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventPolicy;
import java.util.ArrayList;
import java.util.List;

/** A graph as a Mermaid flowchart, for Markdown files. */
public final class Mermaid {
  private final StringBuilder out = new StringBuilder();

  private Mermaid() {}

  /** Ends with a line break. */
  public static String render(Graph graph) {
    return new Mermaid().write(graph);
  }

  private String write(Graph graph) {
    out.append("flowchart TD\n");
    graph.nodes().forEach(node -> write(node, "  "));
    graph.scopes().forEach(scope -> write(scope, "  "));
    graph.edges().forEach(this::write);
    styles(graph);
    return out.toString();
  }

  private void write(Graph.Scope scope, String indent) {
    line(indent, "subgraph " + scope.id() + "[" + quoted(scope.label()) + "]");
    scope.nodes().forEach(node -> write(node, indent + "  "));
    scope.scopes().forEach(inner -> write(inner, indent + "  "));
    line(indent, "end");
  }

  private void write(Graph.Node node, String indent) {
    List<String> lines = new ArrayList<>(List.of(node.label()));
    lines.addAll(node.details());
    String text = quoted(String.join("\n", lines));
    line(
        indent,
        node.id()
            + switch (node.kind()) {
              case BEGINNING -> "((\" \")):::point";
              case BARRIER -> "[\" \"]:::point";
              case STEP -> "[" + text + "]";
              case EVENT_STARTED -> "([" + text + "]):::event";
              case CALL -> "[[" + text + "]]";
              case EXTERNAL -> ">" + text + "]:::external";
            });
  }

  private void write(Graph.Edge edge) {
    line(
        "  ",
        switch (edge) {
          case Graph.Control control -> control.from() + " --> " + control.to();
          case Graph.Event event ->
              event.from()
                  + (event.policy() == EventPolicy.DELETE ? " -.-x|" : " -.->|")
                  + quoted(event.label())
                  + "| "
                  + event.to();
        });
  }

  /** Colours that can be read on light and on dark paper. */
  private void styles(Graph graph) {
    line("  ", "classDef point fill:#6b7280,stroke:#6b7280,color:#6b7280");
    line("  ", "classDef event fill:#fdf0d5,stroke:#b45309,color:#1f2937");
    line("  ", "classDef external fill:#e0ecff,stroke:#2563eb,color:#1f2937");
    for (int i = 0; i < graph.edges().size(); i++) {
      if (graph.edges().get(i) instanceof Graph.Event event) {
        String colour = event.policy() == EventPolicy.DELETE ? "#dc2626" : "#b45309";
        line("  ", "linkStyle " + i + " stroke:" + colour);
      }
    }
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }

  /** Everything that Mermaid or the HTML that it makes could take for markup, as entity codes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                quoted.append("<br/>");
              } else if ("#\"<>&`;\\*_[]{}|".indexOf(c) >= 0 || Character.isISOControl(c)) {
                quoted.append('#').append(c).append(';');
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
