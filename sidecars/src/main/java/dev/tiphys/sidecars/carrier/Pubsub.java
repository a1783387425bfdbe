package dev.tiphys.sidecars.carrier;

import dev.tiphys.functions.kubernetes.broker.BrokerSettings;
import dev.tiphys.triggers.kafka.KafkaSettings;

/** What is behind a carrier. */
sealed interface Pubsub {
  /** A topic of Kafka. */
  record Kafka(KafkaSettings settings) implements Pubsub {}

  /** Objects of the API server. */
  record Kubernetes(BrokerSettings settings) implements Pubsub {}
}
