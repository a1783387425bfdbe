package dev.tiphys.cli.run;

import java.util.Map;

/** What carries a local run's events. */
public sealed interface Pubsub {
  /** A broker in this JVM. */
  record Embedded() implements Pubsub {}

  /**
   * A topic of the run's own, which goes with it.
   *
   * @param bootstrapServers {@code HOST:PORT}, or several with commas between them
   * @param client further properties of Kafka's clients
   */
  record Kafka(String bootstrapServers, Map<String, String> client) implements Pubsub {
    public Kafka {
      client = Map.copyOf(client);
    }
  }
}
