package dev.tiphys.triggers.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a broker's events are kept, and what bounds its memory.
 *
 * @param bootstrapServers {@code HOST:PORT}, or several with commas between them
 * @param topic the broker's own; made if it is not there
 * @param partitions of a topic that is made: what a Trigger's consumers can share among them
 * @param room what one Trigger holds of one partition before it reads no further
 * @param client further properties of Kafka's clients, for TLS and passwords; they win over ours
 */
public record KafkaSettings(
    String bootstrapServers, String topic, int partitions, Room room, Map<String, String> client) {
  /** Kafka's own rule. */
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private static final int PARTITIONS = 8;

  /**
   * Events that were read and whose delivery has not ended. Up to what one poll brings is held
   * above it.
   */
  public record Room(int events, long bytes) {
    public static final Room DEFAULT = new Room(2_000, 4L << 20);

    public Room {
      if (events < 1 || bytes < 1) {
        throw new IllegalArgumentException("room for less than one event lets nothing pass");
      }
    }
  }

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("no Kafka server is named");
    }
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException("not the name of a Kafka topic: " + topic);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has at least one partition");
    }
    client = Map.copyOf(client);
  }

  /** With the defaults for all else. */
  public static KafkaSettings of(String bootstrapServers, String topic) {
    return new KafkaSettings(bootstrapServers, topic, PARTITIONS, Room.DEFAULT, Map.of());
  }

  /** The same with these properties of the clients. */
  public KafkaSettings withClient(Map<String, String> properties) {
    return new KafkaSettings(bootstrapServers, topic, partitions, room, properties);
  }

  /**
   * Properties of clients in a file, as Kafka's own tools take them.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds something else
   */
  public static Map<String, String> clientIn(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> client = new TreeMap<>();
    properties.stringPropertyNames().forEach(it -> client.put(it, properties.getProperty(it)));
    return client;
  }

  /** The consumer group of a Trigger. */
  String group(String trigger) {
    return topic + "." + trigger;
  }
}
