package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** The object that a Plan is kept in, under the Plan's own name. */
final class PlanObject {

  private PlanObject() {}

  /** Immutable: another Plan has another name, so a run keeps the one that it began with. */
  static PlanResource of(Plan plan, Options options) {
    String json = plan.toJson();
    if (plan.bytes() > Plan.MAX_BYTES) { // the compiler makes none
      throw new IllegalArgumentException(
          "the Plan of %s has %,d bytes, and an object holds %,d: split the workflow"
              .formatted(plan.workflow(), plan.bytes(), Plan.MAX_BYTES));
    }
    PlanResource object = new PlanResource();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(ResourceName.subdomain(plan.id()))
            .withNamespace(options.namespace())
            .withLabels(Labels.of(plan, "plan"))
            // not in the Plan: the same workflow may be deployed this way and that
            .addToAnnotations(Marks.BROKER, KnativeManifests.brokerOf(plan, options))
            .addToAnnotations(Marks.LOGS, options.logs().lowerCaseName())
            .build());
    object.setSpec(new PlanSpec(json));
    return object;
  }
}
