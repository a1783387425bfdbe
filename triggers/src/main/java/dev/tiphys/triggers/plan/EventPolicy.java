package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an event does to a task. */
public enum EventPolicy {
  /** Each matching event starts one instance. */
  @JsonProperty("create")
  CREATE,
  /** A matching event stops the run's active instances. */
  @JsonProperty("delete")
  DELETE,
  /** A matching event gives the run's live instances a newer value. */
  @JsonProperty("update")
  UPDATE
}
