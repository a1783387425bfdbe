package dev.tiphys.functions.port;

import java.util.Optional;

/** The signing keys of runs. On a cluster each is a Secret that a task's container cannot see. */
public interface Keys {
  /** Makes a key for a run that has none yet. */
  void create(String run);

  /** The run's key; empty if there is no such run. */
  Optional<byte[]> of(String run);

  /** The same, not from memory: a run that was deleted and begun again has another key. */
  default Optional<byte[]> afresh(String run) {
    return of(run);
  }
}
