package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** What has to be applied to a cluster with Knative for a Plan to run there. */
public final class KnativeManifests {
  private KnativeManifests() {}

  /**
   * The objects, in an order in which they can be applied; the same for the same Plan and options.
   *
   * @throws IllegalArgumentException if the Plan is too big for a cluster, or watches what it
   *     cannot
   */
  public static List<HasMetadata> of(Plan plan, Options options) {
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(PlanObject.of(plan, options));
    objects.addAll(shared(options));
    objects.addAll(routes(plan, options));
    return List.copyOf(objects);
  }

  /** Those of them that no other workflow has: deleting them touches nothing shared. */
  public static List<HasMetadata> ofWorkflow(Plan plan, Options options) {
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(PlanObject.of(plan, options));
    objects.addAll(routes(plan, options));
    return List.copyOf(objects);
  }

  /** Those of them that all workflows of a namespace share. */
  public static List<HasMetadata> shared(Options options) {
    return SharedObjects.of(options);
  }

  private static List<HasMetadata> routes(Plan plan, Options options) {
    List<HasMetadata> objects = new ArrayList<>(WatchObjects.of(plan, options));
    objects.addAll(
        switch (options.pubsub()) {
          case Pubsub.Knative() -> new EventingObjects(plan, options).all();
          case Pubsub.Carried carried -> new CarrierObjects(plan, options, carried).all();
        });
    return List.copyOf(objects);
  }

  /** The Broker that carries the workflow's events, as {@link Marks#BROKER} names it. */
  public static String brokerOf(Plan plan, Options options) {
    return switch (options.pubsub()) {
      case Pubsub.Knative() -> EventingObjects.brokerName(plan, options);
      case Pubsub.Carried _ -> Marks.SERVICE_PREFIX + CarrierObjects.name(plan);
    };
  }
}
