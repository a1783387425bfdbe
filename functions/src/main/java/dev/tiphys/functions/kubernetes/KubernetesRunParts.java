package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.Owners;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.RunPartSpec;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Optional;

/** Parts of runs and plans as RunParts, which they own: a part goes when its owner is deleted. */
public final class KubernetesRunParts implements RunParts {
  private final NonNamespaceOperation<RunPart, ?, Resource<RunPart>> objects;
  private final NonNamespaceOperation<PlanResource, ?, Resource<PlanResource>> plans;
  private final KnownRuns runs;
  private final RecentlyUsed<String, KnownPlan> knownPlans =
      new RecentlyUsed<>(RecentlyUsed.CAPACITY);

  /**
   * A plan that is there.
   *
   * @param workflow label of its workflow
   */
  private record KnownPlan(OwnerReference owner, String workflow) {}

  KubernetesRunParts(
      NonNamespaceOperation<RunPart, ?, Resource<RunPart>> objects,
      NonNamespaceOperation<PlanResource, ?, Resource<PlanResource>> plans,
      KnownRuns runs) {
    this.objects = objects;
    this.plans = plans;
    this.runs = runs;
  }

  @Override
  public Optional<Part> find(Owner owner, String purpose, int shard) {
    String name = name(owner, purpose, shard);
    return ApiCall.of(name, () -> objects.withName(name).get())
            instanceof Answer.Done<RunPart>(RunPart found)
        ? Optional.of(found).filter(object -> owned(owner, object)).map(it -> part(owner, it))
        : Optional.empty();
  }

  /** One of a deleted namesake may still be going. */
  private boolean owned(Owner owner, RunPart object) {
    String uid =
        switch (owner) {
          case Owner.OfRun(String run) -> runs.of(run).ref().uid();
          case Owner.OfPlan(String plan) ->
              knownPlans.find(plan).orElseGet(() -> known(plan)).owner().getUid();
        };
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getUid().equals(uid));
  }

  @Override
  public Optional<Part> write(Part part) {
    RunPart object = object(part);
    String name = object.getMetadata().getName();
    Resource<RunPart> resource = objects.resource(object);
    Answer<RunPart> answer =
        ApiCall.of(name, part.version().isEmpty() ? resource::create : resource::update);
    return switch (answer) {
      case Answer.Done<RunPart>(RunPart written) -> Optional.of(part(part.owner(), written));
      case Answer.Exists<RunPart> _, Answer.Stale<RunPart> _ -> Optional.empty();
      case Answer.Absent<RunPart> _ ->
          throw new Unavailable(name + " is gone, or RunPart is not installed in the cluster");
    };
  }

  private static Part part(Owner owner, RunPart object) {
    RunPartSpec spec = object.getSpec();
    String version = object.getMetadata().getResourceVersion();
    return new Part(owner, spec.purpose(), spec.shard(), version, spec.data());
  }

  private RunPart object(Part part) {
    RunPart object = new RunPart();
    String version = part.version();
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder()
            .withName(name(part.owner(), part.purpose(), part.shard()))
            .withResourceVersion(version.isEmpty() ? null : version)
            .addToLabels(Marks.PURPOSE, part.purpose());
    switch (part.owner()) {
      case Owner.OfRun(String run) ->
          metadata.addToLabels(Marks.RUN, run).withOwnerReferences(runs.of(run).ref().owner());
      case Owner.OfPlan(String plan) -> {
        KnownPlan known = known(plan);
        metadata
            .addToLabels(Marks.PLAN, ResourceName.of(plan))
            .addToLabels(Marks.WORKFLOW, known.workflow())
            .withOwnerReferences(known.owner());
      }
    }
    object.setMetadata(metadata.build());
    object.setSpec(new RunPartSpec(part.purpose(), part.shard(), part.data()));
    return object;
  }

  /** Asked anew for each write: a plan that is deleted and applied again is another object. */
  private KnownPlan known(String plan) {
    String name = ResourceName.subdomain(plan);
    if (ApiCall.of("plan " + plan, () -> plans.withName(name).get())
        instanceof Answer.Done<PlanResource>(PlanResource found)) {
      OwnerReference reference =
          Owners.reference(PlanResource.class, name, found.getMetadata().getUid());
      Map<String, String> labels = found.getMetadata().getLabels();
      KnownPlan known =
          new KnownPlan(reference, labels == null ? "" : labels.getOrDefault(Marks.WORKFLOW, ""));
      knownPlans.put(plan, known);
      return known;
    }
    throw new Unavailable("plan " + plan + " is gone");
  }

  private static String name(Owner owner, String purpose, int shard) {
    return ResourceName.subdomain(owner.key() + "." + purpose + "." + shard);
  }
}
