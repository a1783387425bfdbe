package dev.tiphys.functions.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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

  /** Whether a run of the workflow was created and has yet to begin. */
  boolean awaited(String workflow);

  /** How many runs of a workflow that events have begun are not complete; a moment old. */
  int activeBegunByEvents(String workflow);

  /** Whether a later version of the run has been read or written by this process. */
  boolean superseded(Run run);

  /** What became of a run that is to be stored. */
  enum Creation {
    /** It is stored. */
    CREATED,
    /** It was stored before: the same event has begun it. */
    EXISTS,
    /** A person, or another event, has a run of that name. */
    TAKEN
  }

  /** Stores a new run that an event begins. */
  Creation create(Run run);

  /** The run of that name that a person has created; empty if there is none, or it has begun. */
  Optional<RunRequest> requested(String name);

  /**
   * Stores the first state of a run that a person has created, be it that it cannot begin; false if
   * it has one already.
   */
  boolean begin(Run run);

  /**
   * Writes a run that was read before; false if it has changed since.
   *
   * @param summary what people are to see of it
   */
  boolean replace(Run run, Summary summary);

  /**
   * Has people see how the instances of a run fare which has itself not changed; in its own time,
   * and not at all where nobody looks.
   *
   * @param run as it was read
   * @param summary made only if it is shown
   */
  void show(Run run, Supplier<Summary> summary);
}
