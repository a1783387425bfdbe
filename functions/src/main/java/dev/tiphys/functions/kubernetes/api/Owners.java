package dev.tiphys.functions.kubernetes.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** References to objects of ours that own others. */
public final class Owners {
  private Owners() {}

  /** Deleting the object deletes what it owns, and does not wait for it. */
  public static OwnerReference reference(
      Class<? extends HasMetadata> kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion(HasMetadata.getApiVersion(kind))
        .withKind(HasMetadata.getKind(kind))
        .withName(name)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
