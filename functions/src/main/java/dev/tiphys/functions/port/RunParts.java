package dev.tiphys.functions.port;

import java.util.Optional;

/**
 * What runs have put aside because their objects would grow too large, and what nobody but a plan
 * can be asked for. Each part belongs to a run or a plan and goes with it. On a cluster these are
 * objects of the kind RunPart.
 *
 * <p>All methods throw {@link Unavailable} when the cluster does not answer or asks to try later.
 */
public interface RunParts {
  /** What one part holds at most, in characters, each of them a byte. */
  int CHARACTERS_MAX = 256 * 1024;

  /** Whom a part belongs to. */
  sealed interface Owner {
    /** Name of the run, or id of the plan. */
    String name();

    /** Its name, told apart from those of owners of the other kind: a run's has no dot. */
    String key();

    /** A run. */
    record OfRun(String name) implements Owner {
      @Override
      public String key() {
        return name;
      }
    }

    /** A plan. */
    record OfPlan(String name) implements Owner {
      @Override
      public String key() {
        return "plan." + name;
      }
    }
  }

  /**
   * One part.
   *
   * @param purpose what its owner keeps in parts of its kind: a DNS label
   * @param shard which of them, from 0
   * @param version the store's, for optimistic locking; empty before it is stored
   * @param data ASCII
   */
  record Part(Owner owner, String purpose, int shard, String version, String data) {
    /** One of a run that is not stored yet. */
    public static Part create(String run, String purpose, int shard) {
      return create(new Owner.OfRun(run), purpose, shard);
    }

    /** One that is not stored yet. */
    public static Part create(Owner owner, String purpose, int shard) {
      return new Part(owner, purpose, shard, "", "");
    }

    /** With other data. */
    public Part withData(String newData) {
      return new Part(owner, purpose, shard, version, newData);
    }
  }

  /** The run's part, if there is one. */
  default Optional<Part> find(String run, String purpose, int shard) {
    return find(new Owner.OfRun(run), purpose, shard);
  }

  /** The part, if there is one. */
  Optional<Part> find(Owner owner, String purpose, int shard);

  /**
   * Stores a part that is new, or was read before.
   *
   * @return as it is stored; empty if somebody has written it since
   */
  Optional<Part> write(Part part);
}
