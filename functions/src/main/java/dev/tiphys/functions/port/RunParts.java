package dev.tiphys.functions.port;

import java.util.Optional;

/**
 * What runs have put aside because their objects would grow too large. Each part belongs to a run
 * and goes with it. On a cluster these are objects of the kind RunPart.
 *
 * <p>All methods throw {@link Unavailable} when the cluster does not answer or asks to try later.
 */
public interface RunParts {
  /** What one part holds at most, in characters, each of them a byte. */
  int CHARACTERS_MAX = 256 * 1024;

  /**
   * One part.
   *
   * @param purpose what the run keeps in parts of its kind: a DNS label
   * @param shard which of them, from 0
   * @param version the store's, for optimistic locking; empty before it is stored
   * @param data ASCII
   */
  record Part(String run, String purpose, int shard, String version, String data) {
    /** One that is not stored yet. */
    public static Part create(String run, String purpose, int shard) {
      return new Part(run, purpose, shard, "", "");
    }

    /** With other data. */
    public Part withData(String newData) {
      return new Part(run, purpose, shard, version, newData);
    }
  }

  /** The part, if there is one. */
  Optional<Part> find(String run, String purpose, int shard);

  /**
   * Stores a part that is new, or was read before.
   *
   * @return as it is stored; empty if somebody has written it since
   */
  Optional<Part> write(Part part);
}
