package dev.tiphys.triggers.event;

/** CloudEvents types that Tiphys itself publishes or takes. */
public final class EventTypes {
  /** From outside: begin a run. Data: {@code {"parameters": {name: value}}}, optional. */
  public static final String RUN_BEGIN = "dev.tiphys.run.begin";

  /** A sign that a run may have to move on; its content is never trusted. */
  public static final String RUN_CHANGED = "dev.tiphys.run.changed";

  /** A person stops the run: signed with its control key. */
  public static final String RUN_STOP = "dev.tiphys.run.stop";

  /** Prefix of the life-cycle events of instances. */
  public static final String TASK_PREFIX = "dev.tiphys.task.";

  /** An instance's process or main container runs. */
  public static final String TASK_STARTED = TASK_PREFIX + "started";

  /** An instance has ended, in whatever way. */
  public static final String TASK_ENDED = TASK_PREFIX + "ended";

  /** Prefix of changes of objects that a workflow watches. */
  public static final String WATCH_PREFIX = "dev.tiphys.watch.";

  /** Prefix of all of these: no workflow may use it for events of its own. */
  public static final String RESERVED_PREFIX = "dev.tiphys.";

  private EventTypes() {}
}
