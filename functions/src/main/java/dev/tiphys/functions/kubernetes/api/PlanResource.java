package dev.tiphys.functions.kubernetes.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A compiled workflow, as the API server keeps it: a kind of its own, since the right to create one
 * is what lets somebody have pods made.
 */
@Group(Marks.GROUP)
@Version(PlanResource.VERSION)
@Kind(PlanResource.KIND)
@Singular("plan")
@Plural("plans")
public final class PlanResource extends CustomResource<PlanSpec, Void> implements Namespaced {
  static final String VERSION = "v1alpha1";
  static final String KIND = "Plan";
  private static final long serialVersionUID = 1L;
}
