package dev.tiphys.sidecars.carrier;

import dev.tiphys.functions.kubernetes.broker.BrokerSettings;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.kafka.KafkaSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A carrier's settings, from the environment; an empty variable counts as absent.
 *
 * @param namespace {@code TIPHYS_NAMESPACE}: where the Subscribers' Services are
 * @param triggers {@code TIPHYS_TRIGGERS}: a file that holds them as a JSON list
 * @param pubsub {@code TIPHYS_PUBSUB}: {@code kafka} or {@code kubernetes}. {@code TIPHYS_BROKER}
 *     is the name that with the namespace's is the topic's, or that its events' objects have as a
 *     label. With {@code kafka}: {@code TIPHYS_BOOTSTRAP_SERVER}, where that is; {@code
 *     TIPHYS_COMMAND_CONFIG}, a file with properties of its clients, optional
 * @param port {@code PORT}: where it takes events, 8080 by default
 */
record CarrierSettings(String namespace, List<Trigger> triggers, Pubsub pubsub, int port) {
  /** What reading them came to. */
  sealed interface Reading {}

  record Usable(CarrierSettings settings) implements Reading {}

  /** All problems at once, each a sentence that begins with its variable. */
  record Unusable(List<String> problems) implements Reading {
    Unusable {
      problems = List.copyOf(problems);
    }
  }

  static Reading from(Map<String, String> environment) {
    Source source = new Source(environment, new ArrayList<>());
    String namespace = source.needed("TIPHYS_NAMESPACE");
    List<Trigger> triggers = source.triggers();
    Optional<Pubsub> pubsub = source.pubsub(namespace);
    int port = source.port();
    return source.problems.isEmpty() && pubsub.isPresent()
        ? new Usable(new CarrierSettings(namespace, triggers, pubsub.get(), port))
        : new Unusable(source.problems);
  }

  private record Source(Map<String, String> environment, List<String> problems) {
    private static final String TRIGGERS = "TIPHYS_TRIGGERS";
    private static final String CONFIG = "TIPHYS_COMMAND_CONFIG";

    private String value(String name) {
      return environment.getOrDefault(name, "").strip();
    }

    private String needed(String name) {
      String value = value(name);
      if (value.isEmpty()) {
        problems.add(name + ": is not set");
      }
      return value;
    }

    private List<Trigger> triggers() {
      String file = needed(TRIGGERS);
      try {
        return file.isEmpty()
            ? List.of()
            : Arrays.asList(Json.read(Files.readString(Path.of(file)), Trigger[].class));
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        problems.add(TRIGGERS + ": cannot be read: " + e.getMessage());
        return List.of();
      }
    }

    private Optional<Pubsub> pubsub(String namespace) {
      String name = value("TIPHYS_PUBSUB");
      return switch (name) {
        case "kafka" -> kafka(namespace).map(Pubsub.Kafka::new);
        case "kubernetes" -> kubernetes(namespace).map(Pubsub.Kubernetes::new);
        default -> {
          problems.add("TIPHYS_PUBSUB: is \"" + name + "\", and may be kafka or kubernetes");
          yield Optional.empty();
        }
      };
    }

    private Optional<KafkaSettings> kafka(String namespace) {
      String servers = needed("TIPHYS_BOOTSTRAP_SERVER");
      String broker = needed("TIPHYS_BROKER");
      Map<String, String> client = client();
      return problems.isEmpty()
          ? Optional.of(
              KafkaSettings.of(servers, "tiphys." + namespace + "." + broker).withClient(client))
          : Optional.empty();
    }

    private Optional<BrokerSettings> kubernetes(String namespace) {
      String broker = needed("TIPHYS_BROKER");
      return problems.isEmpty()
          ? Optional.of(BrokerSettings.of(namespace, broker))
          : Optional.empty();
    }

    private Map<String, String> client() {
      String file = value(CONFIG);
      Map<String, String> client = new TreeMap<>();
      if (!file.isEmpty()) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file))) {
          properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
          problems.add(CONFIG + ": cannot be read: " + e.getMessage());
        }
        properties.stringPropertyNames().forEach(it -> client.put(it, properties.getProperty(it)));
      }
      return client;
    }

    private int port() {
      String port = value("PORT");
      try {
        int number = port.isEmpty() ? CarrierProgram.PORT : Integer.parseInt(port);
        if (number >= 0 && number <= 65_535) {
          return number;
        }
      } catch (NumberFormatException e) {
        // told below, with those that are too large
      }
      problems.add("PORT: is " + port + ", and has to be a number up to 65535");
      return 0;
    }
  }
}
