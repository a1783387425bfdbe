package dev.tiphys.sidecars.watch;

import java.util.Optional;

/** The watcher's own Deployment. */
interface Replicas {
  /** Its version now; empty if there is none. */
  Optional<String> version();

  /**
   * Scales it to zero.
   *
   * @return false if it is no longer at that version: somebody has woken it meanwhile
   */
  boolean toZero(String version);

  /** Whether the cluster, asked now, has anything to watch. */
  boolean needed();
}
