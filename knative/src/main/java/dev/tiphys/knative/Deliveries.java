package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Delivery.BackoffPolicy;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.duck.v1.DeliverySpecBuilder;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Delivery settings, from ours to Knative's and back. */
final class Deliveries {
  private Deliveries() {}

  /**
   * @param audience whom the token is for that the dead-letter sink is shown; null: none is
   */
  static DeliverySpec toKnative(Delivery delivery, @Nullable String audience) {
    DeliverySpecBuilder knative =
        new DeliverySpecBuilder()
            .withRetry(delivery.retry())
            .withBackoffPolicy(delivery.policy().name().toLowerCase(Locale.ROOT))
            .withBackoffDelay(delivery.backoffDelay().toString());
    if (delivery.deadLetterSink() != null) {
      knative.withDeadLetterSink(Destinations.toKnative(delivery.deadLetterSink(), audience));
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
