package dev.tiphys.functions.port;

import java.util.List;
import java.util.SortedMap;

/**
 * The instances of a cluster. Every method may be called again with the same arguments and then
 * changes nothing more.
 *
 * <p>All methods throw {@link Unavailable} when the cluster does not answer or asks to try later.
 */
public interface Instances {
  /** All instances of the run that exist, in no particular order. */
  List<Instance> of(String run);

  /**
   * Waits until {@link #of} shows everything up to that version of the cluster. Where it always
   * shows the present, there is nothing to wait for.
   */
  default void catchUp(String version) {}

  /** Waits until {@link #of} shows everything that came before what was last written here. */
  default void catchUp() {}

  /**
   * Creates the instance; false if one of that name exists already.
   *
   * @throws Refused if the cluster will never take it
   * @throws NoRoom if it may take it later
   */
  boolean create(InstanceSpec spec);

  /** Lets a gated instance run; nothing if it is not gated or gone. */
  void openGate(String name);

  /**
   * Gives a live instance newer parameters, as files that replace one another as a whole; nothing
   * if it has ended, or its own are of that revision or a later one. What its command and its
   * environment hold stays.
   */
  void update(String name, SortedMap<String, String> parameters, long revision);

  /**
   * Ends the instance: SIGTERM, the grace period, SIGKILL; a gated one never runs. It stays as
   * {@code STOPPED}. Returns at once.
   */
  void stop(String name, String reason);

  /**
   * Ends an instance that was let go and has not begun, as {@code FAILED}; nothing if it has begun
   * meanwhile.
   *
   * @param reason its message from now on
   */
  void giveUp(String name, String reason);

  /** Removes an ended instance. */
  void delete(String name);
}
