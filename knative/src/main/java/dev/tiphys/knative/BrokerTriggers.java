package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Trigger;
import io.fabric8.knative.eventing.v1.TriggerSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Reads Knative's Triggers for the embedded broker, so that it routes by what is deployed. */
public final class BrokerTriggers {
  private BrokerTriggers() {}

  /** The Triggers among the objects, in their order. */
  public static List<Trigger> among(List<? extends HasMetadata> objects) {
    return objects.stream()
        .filter(io.fabric8.knative.eventing.v1.Trigger.class::isInstance)
        .map(io.fabric8.knative.eventing.v1.Trigger.class::cast)
        .map(BrokerTriggers::from)
        .toList();
  }

  /**
   * What the object says.
   *
   * @throws IllegalArgumentException if it says something that the embedded broker has no way to
   *     do: it is never left out silently
   */
  public static Trigger from(io.fabric8.knative.eventing.v1.Trigger object) {
    String name = object.getMetadata().getName();
    TriggerSpec spec = object.getSpec();
    if (spec.getFilter() != null) {
      throw new IllegalArgumentException("Trigger " + name + ": use spec.filters, not spec.filter");
    }
    if (spec.getDelivery() == null) {
      throw new IllegalArgumentException("Trigger " + name + " has no spec.delivery");
    }
    return new Trigger(
        name,
        Filters.fromKnative(spec.getFilters()),
        Destinations.fromKnative(spec.getSubscriber()),
        Deliveries.fromKnative(spec.getDelivery()));
  }
}
