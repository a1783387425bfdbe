package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.kubernetes.PlanResource;
import dev.tiphys.functions.kubernetes.PlanSpec;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.charset.StandardCharsets;

/** The object that a Plan is kept in, under the Plan's own name. */
final class PlanObject {
  /** What an object may hold of a plan, in bytes; etcd takes 1.5 MB, with quotes escaped. */
  private static final int MAX_BYTES = 1 << 20;

  private PlanObject() {}

  /** Immutable: another Plan has another name, so a run keeps the one that it began with. */
  static PlanResource of(Plan plan, Options options) {
    String json = plan.toJson();
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the Plan of %s has %,d bytes, and an object holds %,d: split the workflow"
              .formatted(plan.workflow(), bytes, MAX_BYTES));
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
