package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens to an event while an instance that an earlier event started is active; as CronJob
 * has it.
 */
public enum ConcurrencyPolicy {
  /** It starts another instance. */
  @JsonProperty("Allow")
  ALLOW,
  /** It is recorded as skipped. */
  @JsonProperty("Forbid")
  FORBID,
  /** The active instances are stopped, and it starts one in their place. */
  @JsonProperty("Replace")
  REPLACE
}
