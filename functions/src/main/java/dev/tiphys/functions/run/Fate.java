package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What became of an event at one of its listeners: a step that it starts, or a task that it stops
 * or updates. The names in JSON are public.
 */
public enum Fate {
  /** It has an instance of its own, which was let go. */
  @JsonProperty("started")
  STARTED,

  /** A join or a window has its value, and tells what becomes of its sets. */
  @JsonProperty("joined")
  JOINED,

  /** It gave a task's input its value. */
  @JsonProperty("updated")
  UPDATED,

  /** It stopped a task, or keeps one from starting. */
  @JsonProperty("stopped")
  STOPPED,

  /** The step's {@code when} was false. */
  @JsonProperty("condition")
  CONDITION,

  /** The step's {@code when} cannot be decided with its value; a dead letter. */
  @JsonProperty("undecided")
  UNDECIDED,

  /** The task's {@code concurrencyPolicy} forbids another instance. */
  @JsonProperty("concurrency")
  CONCURRENCY,

  /**
   * Its data lacks what the task's {@code objectField} or {@code correlation} names; a dead letter.
   */
  @JsonProperty("missingField")
  MISSING_FIELD,

  /** No process could be given its value; a dead letter. */
  @JsonProperty("unusableValue")
  UNUSABLE_VALUE,

  /** A stop came before what it was to start ran, or a newer update before its own. */
  @JsonProperty("superseded")
  SUPERSEDED,

  /** It came after what it was for had completed; a dead letter. */
  @JsonProperty("late")
  LATE,

  /** It came before the step was there that it starts. */
  @JsonProperty("early")
  EARLY,

  /** Its sidecar could not publish it, or the run could not remember it. */
  @JsonProperty("refused")
  REFUSED,

  /** It had come before, and has its fate; no run counts this. */
  @JsonProperty("duplicate")
  DUPLICATE;

  /** As metrics name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the event was taken: of one from outside that was not, the run remembers nothing. */
  public boolean taken() {
    return switch (this) {
      case STARTED, JOINED, UPDATED, STOPPED, CONDITION, CONCURRENCY, SUPERSEDED, EARLY -> true;
      case UNDECIDED, MISSING_FIELD, UNUSABLE_VALUE, LATE, REFUSED, DUPLICATE -> false;
    };
  }
}
