package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.RunPartSpec;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;

/** Parts of runs as RunParts. The run owns them, so they go when it is deleted. */
public final class KubernetesRunParts implements RunParts {
  private final NonNamespaceOperation<RunPart, ?, Resource<RunPart>> objects;
  private final KnownRuns runs;

  KubernetesRunParts(NonNamespaceOperation<RunPart, ?, Resource<RunPart>> objects, KnownRuns runs) {
    this.objects = objects;
    this.runs = runs;
  }

  @Override
  public Optional<Part> find(String run, String purpose, int shard) {
    String name = name(run, purpose, shard);
    return ApiCall.of(name, () -> objects.withName(name).get())
            instanceof Answer.Done<RunPart>(RunPart found)
        ? Optional.of(found).filter(object -> owned(run, object)).map(it -> part(run, it))
        : Optional.empty();
  }

  /** One of a deleted namesake may still be going. */
  private boolean owned(String run, RunPart object) {
    String uid = runs.of(run).ref().uid();
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(uid));
  }

  @Override
  public Optional<Part> write(Part part) {
    RunPart object = object(part);
    String name = object.getMetadata().getName();
    Resource<RunPart> resource = objects.resource(object);
    Answer<RunPart> answer =
        ApiCall.of(name, part.version().isEmpty() ? resource::create : resource::update);
    return switch (answer) {
      case Answer.Done<RunPart>(RunPart written) -> Optional.of(part(part.run(), written));
      case Answer.Exists<RunPart> _, Answer.Stale<RunPart> _ -> Optional.empty();
      case Answer.Absent<RunPart> _ ->
          throw new Unavailable(name + " is gone, or RunPart is not installed in the cluster");
    };
  }

  private static Part part(String run, RunPart object) {
    RunPartSpec spec = object.getSpec();
    String version = object.getMetadata().getResourceVersion();
    return new Part(run, spec.purpose(), spec.shard(), version, spec.data());
  }

  private RunPart object(Part part) {
    RunPart object = new RunPart();
    String version = part.version();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(part.run(), part.purpose(), part.shard()))
            .withResourceVersion(version.isEmpty() ? null : version)
            .addToLabels(Marks.RUN, part.run())
            .withOwnerReferences(runs.of(part.run()).ref().owner())
            .build());
    object.setSpec(new RunPartSpec(part.purpose(), part.shard(), part.data()));
    return object;
  }

  private static String name(String run, String purpose, int shard) {
    return ResourceName.subdomain(run + "." + purpose + "." + shard);
  }
}
