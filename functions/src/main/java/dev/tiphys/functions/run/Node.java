package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.EventKey;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One call of a template in a run. A node is there from the moment that its scope reaches it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Node.Scope.class, name = "scope"),
  @JsonSubTypes.Type(value = Node.Task.class, name = "task"),
  @JsonSubTypes.Type(value = Node.Armed.class, name = "armed")
})
public sealed interface Node {
  /** The template that is called. */
  String template();

  Phase phase();

  /**
   * Why it is in its phase, for people; of one that goes on: for what an instance of it waits.
   * Empty where there is nothing to say.
   */
  String message();

  /** The node in another phase. */
  Node to(Phase phase, String message);

  /**
   * A steps template that was entered.
   *
   * @param inputs the values of its inputs
   * @param group the group that it is at, from 0
   */
  record Scope(
      String template, SortedMap<String, String> inputs, int group, Phase phase, String message)
      implements Node {
    public Scope {
      inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /** At its next group. */
    public Scope next() {
      return new Scope(template, inputs, group + 1, phase, message);
    }

    @Override
    public Scope to(Phase newPhase, String newMessage) {
      return new Scope(template, inputs, group, newPhase, newMessage);
    }
  }

  /**
   * A task with one instance at a time, which its scope starts.
   *
   * @param stopRequested whether it is to be stopped, or never to start
   * @param restarts null: it has its first instance
   */
  record Task(
      String template,
      SortedMap<String, String> inputs,
      boolean stopRequested,
      @Nullable Restarts restarts,
      Phase phase,
      String message)
      implements Node {
    public Task {
      inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /** One that has not been restarted. */
    public Task(
        String template,
        SortedMap<String, String> inputs,
        boolean stopRequested,
        Phase phase,
        String message) {
      this(template, inputs, stopRequested, null, phase, message);
    }

    /** The event that the wanted instance is there for; null: for the scope alone. */
    public @Nullable EventKey restartedBy() {
      return restarts == null ? null : restarts.by();
    }

    /** Name of the instance that is wanted; others of the node are to be stopped. */
    public String instance(String run, String path) {
      return Names.instance(run, path, restartedBy());
    }

    /** To be stopped. */
    public Task stop() {
      return new Task(template, inputs, true, restarts, phase, message);
    }

    /** To have another instance, for the event. */
    public Task restart(EventKey by) {
      return with(
          restarts == null
              ? new Restarts(by, Heard.NOTHING, Tally.ZERO)
              : new Restarts(by, restarts.folded(), restarts.tally()));
    }

    /** With another memory of its restarts. */
    public Task with(Restarts newRestarts) {
      return new Task(template, inputs, stopRequested, newRestarts, phase, message);
    }

    @Override
    public Task to(Phase newPhase, String newMessage) {
      return new Task(template, inputs, stopRequested, restarts, newPhase, newMessage);
    }
  }

  /**
   * That a task was restarted.
   *
   * @param by the event that did it last
   * @param folded the events whose instances have ended and may go
   * @param tally how those fared
   */
  record Restarts(EventKey by, Heard folded, Tally tally) {
    /** With an ended instance counted here, so that it may go. */
    public Restarts fold(EventRef event, Instance instance) {
      return new Restarts(by, folded.with(event), tally.with(instance));
    }

    /** With another memory of what may go. */
    public Restarts with(Heard newFolded) {
      return new Restarts(by, newFolded, tally);
    }
  }

  /**
   * A task with one instance per matching event. Armed from the moment that its scope is entered.
   *
   * @param scope path of the scope that it stands in
   * @param step name of its step there
   * @param epoch how often it was stopped; instances of an earlier epoch are to be stopped
   * @param stoppedUntil time of the newest event that stopped it: events that are not newer start
   *     nothing, however late they come
   * @param closed whether nothing from outside is waited for any more, because an event has stopped
   *     it, or because what it gathered from there was done with at the end of what is beside it
   * @param heard the events accounted for, other than by an instance that exists
   * @param tally how instances that are gone fared, and what was skipped
   * @param gathered null: nothing; see {@link #sets}
   */
  record Armed(
      String template,
      String scope,
      String step,
      int epoch,
      @Nullable OffsetDateTime stoppedUntil,
      boolean closed,
      Heard heard,
      Tally tally,
      @Nullable Gathered gathered,
      Phase phase,
      String message)
      implements Node {

    /** Newly armed, having heard what came before. */
    public static Armed create(String template, String scope, String step, Heard heard) {
      return new Armed(
          template, scope, step, 0, null, false, heard, Tally.ZERO, null, Phase.RUNNING, "");
    }

    /** What a join or a window holds. */
    public Gathered sets() {
      return gathered == null ? Gathered.NOTHING : gathered;
    }

    /** Stopped once more; what waited is thrown away. */
    public Armed stop(OffsetDateTime time) {
      OffsetDateTime until =
          stoppedUntil == null || time.isAfter(stoppedUntil) ? time : stoppedUntil;
      return new Armed(
          template,
          scope,
          step,
          epoch + 1,
          until,
          true,
          heard,
          tally.stop(sets().waiting() + sets().closed().size()),
          gathered == null ? null : gathered.thrownAway(),
          phase,
          message);
    }

    /** Its instances are no longer wanted, since a newer set is to have their place. */
    public Armed replaced() {
      return new Armed(
          template,
          scope,
          step,
          epoch + 1,
          stoppedUntil,
          closed,
          heard,
          tally.stop(sets().closed().size()),
          sets().withClosed(new TreeMap<>()),
          phase,
          message);
    }

    /** Waiting for nothing from outside any more. */
    public Armed close() {
      return new Armed(
          template, scope, step, epoch, stoppedUntil, true, heard, tally, gathered, phase, message);
    }

    /** With another memory and tally. */
    public Armed with(Heard newHeard, Tally newTally) {
      return new Armed(
          template,
          scope,
          step,
          epoch,
          stoppedUntil,
          closed,
          newHeard,
          newTally,
          gathered,
          phase,
          message);
    }

    /** Holding other events. */
    public Armed with(Gathered newGathered) {
      return new Armed(
          template,
          scope,
          step,
          epoch,
          stoppedUntil,
          closed,
          heard,
          tally,
          newGathered,
          phase,
          message);
    }

    /** In another phase; a complete one holds nothing any more. */
    @Override
    public Armed to(Phase newPhase, String newMessage) {
      boolean over = newPhase.complete() && gathered != null;
      return new Armed(
          template,
          scope,
          step,
          epoch,
          stoppedUntil,
          closed,
          heard,
          over ? tally.stop(sets().waiting() + sets().closed().size()) : tally,
          over ? null : gathered,
          newPhase,
          newMessage);
    }
  }
}
