package dev.tiphys.functions.port;

import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a task as it is observed: on a cluster a pod, locally a process.
 *
 * @param started whether its containers ever ran: one that was stopped in the queue, or could not
 *     be launched, never emits anything
 * @param cutOff whether its sidecars ended without ending their streams (killed for good, or lost
 *     with their node): no more comes from them, and no end-of-stream marker either
 * @param message why it is in its state, for people; empty where there is nothing to say
 * @param createdAt when the instance was created, by the cluster's clock
 * @param revision how far the run's updates of its task were when its parameters were last written
 * @param startBy when it has to have started, of one that may start and has not; null: at no time
 */
public record Instance(
    Identity identity,
    State state,
    boolean started,
    boolean cutOff,
    String message,
    Instant createdAt,
    long revision,
    @Nullable Instant startBy) {
  /** An instance that has started, or has all the time to do so. */
  public Instance(
      Identity identity,
      State state,
      boolean started,
      boolean cutOff,
      String message,
      Instant createdAt,
      long revision) {
    this(identity, state, started, cutOff, message, createdAt, revision, null);
  }

  /** An instance whose parameters no event has updated. */
  public Instance(
      Identity identity,
      State state,
      boolean started,
      boolean cutOff,
      String message,
      Instant createdAt) {
    this(identity, state, started, cutOff, message, createdAt, 0);
  }

  /**
   * What never changes about an instance. On a cluster these are the pod's name, labels and
   * annotations.
   *
   * @param name unique in the namespace; derives from what caused the instance, so that causing it
   *     twice gives one
   * @param node path of the run's node that it belongs to
   * @param task name of the template
   * @param cause the event that started it, or had it started anew; null for an instance that its
   *     scope started
   * @param epoch how often its node had been stopped when it was created: an instance of an earlier
   *     epoch than its node's is to be stopped
   */
  public record Identity(
      String name,
      String workflow,
      String run,
      String node,
      String task,
      @Nullable Cause cause,
      int epoch) {
    /** Source of the events of one of its sidecars. */
    public String stream(String sidecar) {
      return new StreamSource(workflow, run, name, sidecar).uri().toString();
    }
  }

  /** The event that started an instance. */
  public record Cause(EventKey key, @Nullable Position position, @Nullable OffsetDateTime time) {}

  /** Where it is in its life. */
  public enum State {
    /** Exists, and waits for its gate to be opened. */
    GATED,
    /** Its gate is open, and nothing runs yet. */
    PENDING,
    /** Its main container runs. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Was stopped, by an event or because its scope had failed; never runs again. */
    STOPPED;

    /** Neither gated nor ended: counts against {@code parallelism}. */
    public boolean active() {
      return this == PENDING || this == RUNNING;
    }

    /** Will never change again. */
    public boolean terminal() {
      return this == SUCCEEDED || this == FAILED || this == STOPPED;
    }
  }

  /** In another state. */
  public Instance to(State other) {
    return new Instance(identity, other, started, cutOff, message, createdAt, revision, startBy);
  }

  /** Whether it has not started, and its time to do so is over. */
  public boolean overdue(Instant now) {
    return state == State.PENDING && startBy != null && !now.isBefore(startBy);
  }

  public String name() {
    return identity.name();
  }
}
