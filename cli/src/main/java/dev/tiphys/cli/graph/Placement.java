package dev.tiphys.cli.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;

/** Reads back where ELK has put things: it counts from the corner of whatever contains them. */
final class Placement {
  private final Map<String, ElkNode> byId;
  private final Map<Graph.Edge, ElkEdge> edges;
  private final List<Picture.PlacedScope> scopes = new ArrayList<>();
  private final List<Picture.PlacedNode> nodes = new ArrayList<>();

  Placement(Map<String, ElkNode> byId, Map<Graph.Edge, ElkEdge> edges) {
    this.byId = byId;
    this.edges = edges;
  }

  Picture picture(Graph graph, ElkNode canvas) {
    graph.nodes().forEach(this::add);
    graph.scopes().forEach(this::add);
    List<Picture.Line> lines = graph.edges().stream().map(this::line).toList();
    return new Picture(canvas.getWidth(), canvas.getHeight(), scopes, nodes, lines);
  }

  private void add(Graph.Scope scope) {
    scopes.add(new Picture.PlacedScope(scope, box(scope.id())));
    scope.nodes().forEach(this::add);
    scope.scopes().forEach(this::add);
  }

  private void add(Graph.Node node) {
    nodes.add(new Picture.PlacedNode(node, box(node.id())));
  }

  private Picture.Box box(String id) {
    ElkNode node = Objects.requireNonNull(byId.get(id));
    Picture.Point corner = corner(node);
    return new Picture.Box(corner.x(), corner.y(), node.getWidth(), node.getHeight());
  }

  private Picture.Line line(Graph.Edge edge) {
    ElkEdge line = Objects.requireNonNull(edges.get(edge));
    Picture.Point origin = corner(line.getContainingNode());
    List<Picture.Point> points = new ArrayList<>();
    for (ElkEdgeSection section : line.getSections()) {
      points.add(from(origin, section.getStartX(), section.getStartY()));
      section.getBendPoints().forEach(p -> points.add(from(origin, p.getX(), p.getY())));
      points.add(from(origin, section.getEndX(), section.getEndY()));
    }
    Picture.Point label =
        line.getLabels().stream()
            .findFirst()
            .map(l -> from(origin, l.getX() + l.getWidth() / 2, l.getY() + l.getHeight() / 2))
            .orElse(points.getFirst());
    return new Picture.Line(edge, points, label);
  }

  private static Picture.Point corner(ElkNode node) {
    double x = 0;
    double y = 0;
    for (ElkNode n = node; n != null; n = n.getParent()) {
      x += n.getX();
      y += n.getY();
    }
    return new Picture.Point(x, y);
  }

  private static Picture.Point from(Picture.Point origin, double x, double y) {
    return new Picture.Point(origin.x() + x, origin.y() + y);
  }
}
