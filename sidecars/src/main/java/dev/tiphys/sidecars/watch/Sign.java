package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.triggers.event.EventTypes;
import java.util.Optional;

/** What the functions are told of a pod. A later sign says all that an earlier one would. */
enum Sign {
  STARTED("started", EventTypes.TASK_STARTED),
  /** Main has ended; sidecars may still publish. */
  ENDED("ended", EventTypes.TASK_ENDED),
  /** The whole pod has ended, so that no stream goes on. */
  FINISHED("finished", EventTypes.TASK_ENDED),
  /** The pod is gone, and nobody saw it end. */
  DELETED("deleted", EventTypes.TASK_ENDED);

  private final String text;
  private final String type;

  Sign(String text, String type) {
    this.text = text;
    this.type = type;
  }

  /** What ends the event's id. */
  String text() {
    return text;
  }

  /** The event's type. */
  String type() {
    return type;
  }

  /** The last sign that the pod has given; empty while it waits. */
  static Optional<Sign> of(TaskPod pod) {
    if (pod.finished()) {
      return Optional.of(FINISHED);
    }
    if (pod.ended() != null) {
      return Optional.of(ENDED);
    }
    return pod.instance().state() == State.RUNNING ? Optional.of(STARTED) : Optional.empty();
  }
}
