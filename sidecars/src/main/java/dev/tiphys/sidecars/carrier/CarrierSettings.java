package dev.tiphys.sidecars.carrier;

import dev.tiphys.functions.kubernetes.broker.BrokerSettings;
import dev.tiphys.sidecars.program.Variables;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Source source = new Source(new Variables(environment));
    String namespace = source.variables.required("TIPHYS_NAMESPACE");
    List<Trigger> triggers = source.triggers();
    Optional<Pubsub> pubsub = source.pubsub(namespace);
    int port = source.port();
    return source.usable() && pubsub.isPresent()
        ? new Usable(new CarrierSettings(namespace, triggers, pubsub.get(), port))
        : new Unusable(source.variables.problems());
  }

  private record Source(Variables variables) {
    private static final String TRIGGERS = "TIPHYS_TRIGGERS";
    private static final String CONFIG = "TIPHYS_COMMAND_CONFIG";

    boolean usable() {
      return variables.problems().isEmpty();
    }

    List<Trigger> triggers() {
      String file = variables.required(TRIGGERS);
      try {
        return file.isEmpty()
            ? List.of()
            : Arrays.asList(Json.read(Files.readString(Path.of(file)), Trigger[].class));
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        variables.problem(TRIGGERS, "cannot be read: " + e.getMessage());
        return List.of();
      }
    }

    Optional<Pubsub> pubsub(String namespace) {
      String name = variables.value("TIPHYS_PUBSUB").orElse("");
      return switch (name) {
        case "kafka" -> kafka(namespace).map(Pubsub.Kafka::new);
        case "kubernetes" -> kubernetes(namespace).map(Pubsub.Kubernetes::new);
        default -> {
          variables.problem("TIPHYS_PUBSUB", "is \"" + name + "\", and may be kafka or kubernetes");
          yield Optional.empty();
        }
      };
    }

    private Optional<KafkaSettings> kafka(String namespace) {
      String servers = variables.required("TIPHYS_BOOTSTRAP_SERVER");
      String broker = variables.required("TIPHYS_BROKER");
      Map<String, String> client = client();
      return usable()
          ? Optional.of(
              KafkaSettings.of(servers, "tiphys." + namespace + "." + broker).withClient(client))
          : Optional.empty();
    }

    private Optional<BrokerSettings> kubernetes(String namespace) {
      String broker = variables.required("TIPHYS_BROKER");
      return usable() ? Optional.of(BrokerSettings.of(namespace, broker)) : Optional.empty();
    }

    private Map<String, String> client() {
      Optional<String> file = variables.value(CONFIG);
      try {
        return file.isEmpty() ? Map.of() : KafkaSettings.clientIn(Path.of(file.get()));
      } catch (IOException | IllegalArgumentException e) {
        variables.problem(CONFIG, "cannot be read: " + e.getMessage());
        return Map.of();
      }
    }

    int port() {
      String port = variables.value("PORT").orElse(String.valueOf(CarrierProgram.PORT));
      try {
        int number = Integer.parseInt(port);
        if (number >= 0 && number <= 65_535) {
          return number;
        }
      } catch (NumberFormatException e) {
        // told below, with those that are too large
      }
      variables.problem("PORT", "is " + port + ", and has to be a number up to 65535");
      return 0;
    }
  }
}
