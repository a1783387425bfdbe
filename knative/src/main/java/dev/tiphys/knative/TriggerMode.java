package dev.tiphys.knative;

/** How many Triggers a workflow gets. */
public enum TriggerMode {
  /** One for each function: the cost of an event does not grow with the number of rules. */
  PER_FUNCTION,
  /** One for each rule: every edge of the workflow shows in {@code kn trigger list}. */
  PER_RULE
}
