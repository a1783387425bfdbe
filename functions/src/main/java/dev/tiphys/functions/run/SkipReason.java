package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an event, or a step, has started nothing. The names in JSON are public. */
public enum SkipReason {
  /** The step's {@code when} was false. */
  @JsonProperty("condition")
  CONDITION("condition false"),

  /** The step's {@code when} cannot be decided with the event's value. */
  @JsonProperty("undecided")
  UNDECIDED("condition undecided"),

  /**
   * The task's {@code concurrencyPolicy} allows no other instance, or not one of an older event.
   */
  @JsonProperty("concurrency")
  CONCURRENCY("concurrencyPolicy"),

  /** The event's data has not what the task's {@code objectField} or {@code correlation} names. */
  @JsonProperty("missingField")
  MISSING_FIELD("field missing"),

  /** No process could be given the value: it is too long, or no text of a process. */
  @JsonProperty("unusableValue")
  UNUSABLE_VALUE("value unusable"),

  /** The other events of its join never came. */
  @JsonProperty("noPartner")
  NO_PARTNER("no partner");

  private final String text;

  SkipReason(String text) {
    this.text = text;
  }

  /** The fate of an event that has started nothing for that. */
  public Fate fate() {
    return switch (this) {
      case CONDITION -> Fate.CONDITION;
      case UNDECIDED -> Fate.UNDECIDED;
      case CONCURRENCY -> Fate.CONCURRENCY;
      case MISSING_FIELD -> Fate.MISSING_FIELD;
      case UNUSABLE_VALUE -> Fate.UNUSABLE_VALUE;
      case NO_PARTNER -> Fate.JOINED;
    };
  }

  /** In a few words, for people. */
  public String text() {
    return text;
  }
}
