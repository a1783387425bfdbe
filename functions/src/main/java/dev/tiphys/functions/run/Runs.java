package dev.tiphys.functions.run;

import java.util.List;
import java.util.Optional;

/**
 * The runs of a namespace. On a cluster these are WorkflowRun resources.
 *
 * <p>All methods throw {@link dev.tiphys.functions.port.Unavailable} when the cluster does not
 * answer or asks to try later.
 */
public interface Runs {
  /** The run of that name. */
  Optional<Run> find(String name);

  /** The runs of a workflow that are not complete. */
  List<Run> active(String workflow);

  /** Whether a later version of the run has been read or written by this process. */
  boolean superseded(Run run);

  /** Stores a new run; false if one of that name exists already. */
  boolean create(Run run);

  /**
   * Writes a run that was read before; false if it has changed since.
   *
   * @param summary what people are to see of it
   */
  boolean replace(Run run, Summary summary);
}
