package dev.tiphys.tests.cluster;

import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import java.util.Map;

/** Classes of Knative's Brokers. */
enum KnativeBrokerClass {
  /** Knative's own, over its channel in memory. */
  CHANNEL("MTChannelBasedBroker"),
  /** The one for Apache Kafka. */
  KAFKA("Kafka");

  private final String annotation;

  KnativeBrokerClass(String annotation) {
    this.annotation = annotation;
  }

  /** Whether the cluster has it. */
  boolean isThere(TestNamespace namespace) {
    return switch (this) {
      case CHANNEL -> true;
      case KAFKA -> !namespace.knativePods("kafka-broker-receiver").isEmpty();
    };
  }

  /** One of that name. */
  Broker broker(String name) {
    BrokerBuilder broker =
        new BrokerBuilder()
            .withNewMetadata()
            .withName(name)
            .addToAnnotations("eventing.knative.dev/broker.class", annotation)
            .endMetadata();
    return switch (this) {
      case CHANNEL -> broker.build();
      case KAFKA ->
          broker
              .withNewSpec()
              .withNewConfig()
              .withApiVersion("v1")
              .withKind("ConfigMap")
              .withNamespace("knative-eventing")
              .withName("kafka-broker-config")
              .endConfig()
              .endSpec()
              .build();
    };
  }

  /** Of each Trigger. */
  Map<String, String> triggerAnnotations() {
    return switch (this) {
      case CHANNEL -> Map.of();
      case KAFKA -> Map.of("kafka.eventing.knative.dev/delivery.order", "ordered");
    };
  }
}
