package dev.tiphys.knative;

import org.jspecify.annotations.Nullable;

/** What carries a workflow's events on a cluster. */
public sealed interface Pubsub {
  /** A Knative Broker, of whatever class, and its Triggers. */
  record Knative() implements Pubsub {}

  /** No Knative Eventing: a Deployment of ours takes the events and dispatches them. */
  sealed interface Carried extends Pubsub {}

  /**
   * Kafka keeps them.
   *
   * @param bootstrapServers {@code HOST:PORT} as pods reach it, or several with commas between them
   * @param secret name of a Secret whose {@code client.properties} holds properties of Kafka's
   *     clients; null: they need none
   */
  record Kafka(String bootstrapServers, @Nullable String secret) implements Carried {
    public Kafka {
      if (bootstrapServers.isBlank()) {
        throw new IllegalArgumentException("no Kafka server is named");
      }
    }
  }

  /** The API server keeps them, as objects of kind {@code Event} in our group. */
  record Kubernetes() implements Carried {}
}
