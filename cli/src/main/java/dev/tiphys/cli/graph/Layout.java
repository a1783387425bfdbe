package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventPolicy;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Places a graph in layers from top to bottom, by Eclipse ELK. */
final class Layout {
  private static final double NODE_HEIGHT = 38;
  private static final double POINT = 14;
  private static final double BARRIER_WIDTH = 48;
  private static final double BARRIER_HEIGHT = 5;
  private static final double SIDE = 14;
  private static final double MARGIN = 16;
  private static final double TITLE = 36;
  private static final double GAP = 26;
  private static final int DOWNWARD = 10;

  private final Graph graph;
  private final ElkNode canvas = ElkGraphUtil.createGraph();
  private final Map<String, ElkNode> byId = new HashMap<>();
  private final Map<Graph.Edge, ElkEdge> edges = new HashMap<>();

  private Layout(Graph graph) {
    this.graph = graph;
  }

  /** The same graph gives the same picture. */
  static Picture of(Graph graph) {
    return new Layout(graph).place();
  }

  private Picture place() {
    options(canvas, new ElkPadding(MARGIN));
    graph.nodes().forEach(node -> add(node, canvas));
    graph.scopes().forEach(scope -> add(scope, canvas));
    graph.edges().forEach(this::add);
    // outside of Eclipse nobody else tells ELK of the types of its own options
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    new LayeredLayoutProvider().layout(canvas, new BasicProgressMonitor());
    return new Placement(byId, edges).picture(graph, canvas);
  }

  private static void options(ElkNode scope, ElkPadding padding) {
    scope
        .setProperty(CoreOptions.DIRECTION, Direction.DOWN)
        .setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN)
        .setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL)
        .setProperty(CoreOptions.PADDING, padding)
        .setProperty(CoreOptions.SPACING_NODE_NODE, GAP)
        .setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP)
        .setProperty(CoreOptions.RANDOM_SEED, 1);
  }

  private void add(Graph.Scope scope, ElkNode parent) {
    ElkNode node = ElkGraphUtil.createNode(parent);
    double side = Math.max(MARGIN, (titleWidth(scope) - widest(scope)) / 2);
    options(node, new ElkPadding(TITLE, side, MARGIN, side));
    byId.put(scope.id(), node);
    scope.nodes().forEach(inner -> add(inner, node));
    scope.scopes().forEach(inner -> add(inner, node));
  }

  private static double titleWidth(Graph.Scope scope) {
    return TextSize.width(scope.label(), TextSize.FONT) + 2 * SIDE;
  }

  /** ELK gives a scope no room for its title, so its margins make up what the widest node lacks. */
  private static double widest(Graph.Scope scope) {
    return scope.nodes().stream().mapToDouble(Layout::width).max().orElse(0);
  }

  private void add(Graph.Node node, ElkNode parent) {
    ElkNode placed = ElkGraphUtil.createNode(parent);
    switch (node.kind()) {
      case BEGINNING -> placed.setDimensions(POINT, POINT);
      case BARRIER -> placed.setDimensions(BARRIER_WIDTH, BARRIER_HEIGHT);
      case STEP, EVENT_STARTED, CALL, EXTERNAL ->
          placed.setDimensions(width(node), NODE_HEIGHT + node.details().size() * TextSize.LINE);
    }
    byId.put(node.id(), placed);
  }

  private static double width(Graph.Node node) {
    double details =
        node.details().stream()
            .mapToDouble(line -> TextSize.width(line, TextSize.SMALL_FONT))
            .max()
            .orElse(0);
    return Math.max(TextSize.width(node.label(), TextSize.FONT), details) + 2 * SIDE;
  }

  private void add(Graph.Edge edge) {
    ElkEdge line = ElkGraphUtil.createSimpleEdge(byId.get(edge.from()), byId.get(edge.to()));
    switch (edge) {
      case Graph.Control _ -> downward(line);
      case Graph.Event event -> {
        ElkLabel label = ElkGraphUtil.createLabel(event.label(), line);
        label.setDimensions(TextSize.width(event.label(), TextSize.SMALL_FONT) + 8, TextSize.LINE);
        // in a cycle it is what stops that runs back up
        if (event.policy() == EventPolicy.CREATE) {
          downward(line);
        }
      }
    }
    edges.put(edge, line);
  }

  private static void downward(ElkEdge line) {
    line.setProperty(LayeredOptions.PRIORITY_DIRECTION, DOWNWARD);
  }
}
