package dev.tiphys.knative;

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
    EventingObjects eventing = new EventingObjects(plan, options);
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(PlanObject.of(plan, options));
    objects.addAll(SharedObjects.of(options));
    objects.addAll(WatchObjects.of(plan, options));
    eventing.broker().ifPresent(objects::add);
    objects.addAll(eventing.triggers());
    return List.copyOf(objects);
  }

  /** Name of the Broker that carries the workflow's events. */
  public static String brokerOf(Plan plan, Options options) {
    return EventingObjects.brokerName(plan, options);
  }
}
