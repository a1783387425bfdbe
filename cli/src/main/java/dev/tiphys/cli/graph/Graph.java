package dev.tiphys.cli.graph;

import dev.tiphys.triggers.plan.EventPolicy;
import java.util.List;

/**
 * A workflow as a picture shows it: steps as nodes, the scopes that they stand in as frames around
 * them, what waits for what, and which events go from where to where.
 *
 * @param name the workflow's
 * @param nodes those that stand in no scope
 * @param scopes those that stand in no other
 */
public record Graph(String name, List<Node> nodes, List<Scope> scopes, List<Edge> edges) {
  public Graph {
    nodes = List.copyOf(nodes);
    scopes = List.copyOf(scopes);
    edges = List.copyOf(edges);
  }

  /** A steps template, drawn where it is first called. */
  public record Scope(String id, String label, List<Node> nodes, List<Scope> scopes) {
    public Scope {
      nodes = List.copyOf(nodes);
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * A place that edges join.
   *
   * @param id letters and digits, unique in the graph, also among the ids of scopes
   * @param label empty for a beginning or a barrier
   * @param details further lines
   */
  public record Node(String id, Kind kind, String label, List<String> details) {
    public Node {
      details = List.copyOf(details);
    }
  }

  /** What a node stands for. */
  public enum Kind {
    /** Where a run begins. */
    BEGINNING,
    /** A step that its scope starts. */
    STEP,
    /** A step of which each matching event starts an instance. */
    EVENT_STARTED,
    /** A call of a steps template that is drawn elsewhere. */
    CALL,
    /** The end of a group of steps that all of the next group wait for. */
    BARRIER,
    /** Whoever sends an event that no task of the workflow emits. */
    EXTERNAL
  }

  /** A line from node to node, by their ids. */
  public sealed interface Edge {
    String from();

    String to();
  }

  /** The one waits until the other is complete. */
  public record Control(String from, String to) implements Edge {}

  /** Events of a type go from the one to the other. */
  public record Event(String from, String to, String label, EventPolicy policy) implements Edge {}
}
