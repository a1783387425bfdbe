package dev.tiphys.functions.port;

import java.time.Duration;

/**
 * Events from outside that a broker has taken and not delivered yet. A step that they start is not
 * complete before they have come: whoever was told that they are taken may rely on it.
 */
@FunctionalInterface
public interface Backlog {
  /** Of a broker that has nothing under way when it is asked. */
  Backlog NONE = (run, path, type) -> false;

  /**
   * Of a broker that nobody can ask.
   *
   * @param quiet how long nothing may have come before such a step is complete
   */
  static Backlog unknown(Duration quiet) {
    return new Backlog() {
      @Override
      public boolean holds(String run, String path, String type) {
        return false;
      }

      @Override
      public Duration quiet() {
        return quiet;
      }
    };
  }

  /**
   * Whether events of the type are under way that were taken before this was first asked of the
   * node. When none is any more, the run is woken.
   *
   * @param path of the node that they start instances of
   */
  boolean holds(String run, String path, String type);

  /** How long is waited for what cannot be asked for; zero where it can. */
  default Duration quiet() {
    return Duration.ZERO;
  }
}
