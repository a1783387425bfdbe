package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What fires what: on a matching event, do something. Static; looked up by event type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Rule.Begin.class, name = "begin"),
  @JsonSubTypes.Type(value = Rule.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Rule.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Rule.Update.class, name = "update")
})
public sealed interface Rule {
  EventFilter on();

  /** An external event begins a run: the entrypoint's input takes it with {@code create}. */
  record Begin(EventFilter on, String input) implements Rule {}

  /** Starts an instance of the step wherever the scope that it stands in is entered. */
  record Start(EventFilter on, String scope, String step) implements Rule {}

  /** Stops the run's active instances of the task. */
  record Stop(EventFilter on, String task) implements Rule {}

  /** Gives the task's input a newer value, in the run's live instances and in later ones. */
  record Update(EventFilter on, String task, String input) implements Rule {}
}
