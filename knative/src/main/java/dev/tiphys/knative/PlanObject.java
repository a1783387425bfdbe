package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/** The ConfigMap that a Plan is kept in, under the Plan's own name. */
final class PlanObject {
  /** The key that the Plan's JSON is under. */
  static final String KEY = "plan.json";

  private PlanObject() {}

  /** Immutable: another Plan has another name, so a run keeps the one that it began with. */
  static ConfigMap of(Plan plan, Options options) {
    String json = plan.toJson();
    if (plan.bytes() > Plan.MAX_BYTES) { // the compiler makes none
      throw new IllegalArgumentException(
          "the Plan of %s has %,d bytes, and a ConfigMap holds %,d: split the workflow"
              .formatted(plan.workflow(), plan.bytes(), Plan.MAX_BYTES));
    }
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(ResourceName.subdomain(plan.id()))
        .withNamespace(options.namespace())
        .withLabels(Labels.of(plan, "plan"))
        // not in the Plan: the same workflow may be deployed this way and that
        .addToAnnotations(Marks.BROKER, KnativeManifests.brokerOf(plan, options))
        .addToAnnotations(Marks.LOGS, options.logs().lowerCaseName())
        .endMetadata()
        .withImmutable(true)
        .addToData(KEY, json)
        .build();
  }
}
