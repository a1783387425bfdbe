package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Owners;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.OwnerReference;
import org.jspecify.annotations.Nullable;

/**
 * The WorkflowRun that a pod or a part belongs to.
 *
 * @param uid of that very object, so that a namesake does not inherit its pods
 * @param sink address of the run's Broker
 * @param audience whom a token has to be for that the Broker asks for; null: it asks for none
 */
public record RunRef(String name, String uid, String sink, @Nullable String audience) {
  /** A run whose Broker asks for no token. */
  public RunRef(String name, String uid, String sink) {
    this(name, uid, sink, null);
  }

  /** Deleting the run deletes what it owns, and does not wait for it. */
  public OwnerReference owner() {
    return Owners.reference(WorkflowRun.class, name, uid);
  }
}
