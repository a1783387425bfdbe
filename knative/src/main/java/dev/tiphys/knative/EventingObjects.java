package dev.tiphys.knative;

import static java.util.Objects.requireNonNull;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Delivery.BackoffPolicy;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.broker.Trigger.Address;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.knative.duck.v1.KReferenceBuilder;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workflow's Broker and its Triggers. */
final class EventingObjects {
  static final String KAFKA_DELIVERY_ORDER = "kafka.eventing.knative.dev/delivery.order";

  /**
   * For Triggers that users add and give no delivery of their own: what Knative itself defaults to.
   * Without a dead-letter sink: a Broker is not ready before its sink is, and so would not take
   * events before the functions' first start.
   */
  private static final Delivery FOREIGN_DELIVERY =
      new Delivery(10, BackoffPolicy.EXPONENTIAL, Duration.ofMillis(200), null);

  private final Plan plan;
  private final Options options;

  EventingObjects(Plan plan, Options options) {
    this.plan = plan;
    this.options = options;
  }

  /** In the order in which they need one another. */
  List<HasMetadata> all() {
    List<HasMetadata> all = new ArrayList<>(broker().stream().toList());
    // before the Triggers: while there is none, whoever is of the namespace may post
    if (options.authorize()) {
      all.add(PostingPolicy.of(plan, options));
    }
    all.addAll(triggers());
    return List.copyOf(all);
  }

  /** Empty if the workflow shares a Broker that is there already. */
  private Optional<Broker> broker() {
    return options.sharedBroker() == null ? Optional.of(ownBroker()) : Optional.empty();
  }

  private List<io.fabric8.knative.eventing.v1.Trigger> triggers() {
    return Subscriptions.of(plan, options).stream().map(this::trigger).toList();
  }

  /** Of the Broker that carries the workflow's events. */
  static String brokerName(Plan plan, Options options) {
    return options.sharedBroker() == null
        ? ResourceName.of(plan.workflow())
        : options.sharedBroker();
  }

  private Broker ownBroker() {
    BrokerBuilder broker =
        new BrokerBuilder()
            .withMetadata(
                metadata(brokerName(plan, options), "broker")
                    .addToAnnotations(BrokerClass.ANNOTATION, options.brokerClass().annotation())
                    .build())
            .withNewSpec()
            .withDelivery(Deliveries.toKnative(FOREIGN_DELIVERY, null))
            .endSpec();
    switch (options.brokerClass()) {
      case MT_CHANNEL_BASED -> {}
      case KAFKA ->
          broker
              .editSpec()
              .withConfig(
                  new KReferenceBuilder()
                      .withApiVersion("v1")
                      .withKind("ConfigMap")
                      .withNamespace("knative-eventing")
                      .withName("kafka-broker-config")
                      .build())
              .endSpec();
    }
    return broker.build();
  }

  private io.fabric8.knative.eventing.v1.Trigger trigger(Trigger trigger) {
    return new TriggerBuilder()
        .withMetadata(triggerMetadata(trigger.name()))
        .withNewSpec()
        .withBroker(brokerName(plan, options))
        .withFilters(Filters.toKnative(HeaderFilters.of(trigger.filter())))
        .withSubscriber(
            Destinations.toKnative(trigger.subscriber(), audience(trigger.subscriber())))
        .withDelivery(
            Deliveries.toKnative(trigger.delivery(), audience(trigger.delivery().deadLetterSink())))
        .endSpec()
        .build();
  }

  /** Of the functions at that address, where they ask for tokens. */
  private @Nullable String audience(@Nullable Address address) {
    return options.authorize() && address != null
        ? Audience.ofService(requireNonNull(options.namespace()), address.service())
        : null;
  }

  private ObjectMeta triggerMetadata(String name) {
    ObjectMetaBuilder metadata = metadata(name, "trigger");
    return switch (options.brokerClass()) {
      case MT_CHANNEL_BASED -> metadata.build();
      // without it Kafka's consumers deliver a run's events in any order
      case KAFKA -> metadata.addToAnnotations(KAFKA_DELIVERY_ORDER, "ordered").build();
    };
  }

  private ObjectMetaBuilder metadata(String name, String component) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(options.namespace())
        .withLabels(Labels.of(plan, component));
  }
}
