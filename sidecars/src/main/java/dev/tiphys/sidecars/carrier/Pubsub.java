package dev.tiphys.sidecars.carrier;

import dev.tiphys.triggers.kafka.KafkaSettings;

/** What is behind a carrier. */
sealed interface Pubsub {
  /** A topic of Kafka. */
  record Kafka(KafkaSettings settings) implements Pubsub {}
}
