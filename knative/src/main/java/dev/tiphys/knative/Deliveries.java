package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Delivery.BackoffPolicy;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.duck.v1.DeliverySpecBuilder;
import java.time.Duration;
import java.util.Locale;

/** Delivery settings, from ours to Knative's and back. */
final class Deliveries {
  private Deliveries() {}

  static DeliverySpec toKnative(Delivery delivery) {
    DeliverySpecBuilder knative =
        new DeliverySpecBuilder()
            .withRetry(delivery.retry())
            .withBackoffPolicy(delivery.policy().name().toLowerCase(Locale.ROOT))
            .withBackoffDelay(delivery.backoffDelay().toString());
    if (delivery.deadLetterSink() != null) {
      knative.withDeadLetterSink(Destinations.toKnative(delivery.deadLetterSink()));
    }
    return knative.build();
  }

  static Delivery fromKnative(DeliverySpec knative) {
    return new Delivery(
        knative.getRetry(),
        BackoffPolicy.valueOf(knative.getBackoffPolicy().toUpperCase(Locale.ROOT)),
        Duration.parse(knative.getBackoffDelay()),
        knative.getDeadLetterSink() == null
            ? null
            : Destinations.fromKnative(knative.getDeadLetterSink()));
  }
}
