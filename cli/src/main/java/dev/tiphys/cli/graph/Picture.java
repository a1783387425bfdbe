package dev.tiphys.cli.graph;

import java.util.List;

/**
 * A graph with places for everything; pixels, from the top left.
 *
 * @param scopes outer before inner
 */
record Picture(
    double width,
    double height,
    List<PlacedScope> scopes,
    List<PlacedNode> nodes,
    List<Line> lines) {

  /** A rectangle. */
  record Box(double x, double y, double width, double height) {}

  record Point(double x, double y) {}

  record PlacedScope(Graph.Scope scope, Box box) {}

  record PlacedNode(Graph.Node node, Box box) {}

  /**
   * An edge.
   *
   * @param points at least two
   * @param label the middle of its label; the first point for an edge that has none
   */
  record Line(Graph.Edge edge, List<Point> points, Point label) {}
}
