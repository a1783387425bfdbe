package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a newer value comes to a task that runs. */
public enum UpdateStrategy {
  /** It is in the parameter's file. */
  @JsonProperty("inPlace")
  IN_PLACE,
  /** The instance is stopped, and another one starts with it. */
  @JsonProperty("restart")
  RESTART
}
