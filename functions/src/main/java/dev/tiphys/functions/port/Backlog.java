package dev.tiphys.functions.port;

/**
 * Events from outside that a broker has taken and not delivered yet. A step that they start is not
 * complete before they have come: whoever was told that they are taken may rely on it.
 */
@FunctionalInterface
public interface Backlog {
  /** Of a broker that nobody can ask. */
  Backlog UNKNOWN = (run, path, type) -> false;

  /**
   * Whether events of the type are under way that were taken before this was first asked of the
   * node. When none is any more, the run is woken.
   *
   * @param path of the node that they start instances of
   */
  boolean holds(String run, String path, String type);
}
