package dev.tiphys.cli.run;

import dev.tiphys.cli.options.KafkaOptions;
import dev.tiphys.triggers.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What carries the events of a run on this machine; mixed into the command. */
final class LocalPubsubOptions {
  @Option(
      names = "--pubsub",
      paramLabel = "CARRIER",
      description =
          "What carries the events: embedded, in this process; kafka, a topic of the run's own,"
              + " which goes with it. Default: embedded.")
  private Carrier carrier = Carrier.EMBEDDED;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's clients, for TLS and passwords, as Kafka's own tools take them.")
  private @Nullable Path config;

  /** The names of them. */
  enum Carrier {
    EMBEDDED,
    KAFKA
  }

  /**
   * What was asked for.
   *
   * @throws ParameterException if the rest does not fit to it
   */
  Pubsub with(KafkaOptions kafka) {
    return switch (carrier) {
      case EMBEDDED -> {
        kafka.requireNone();
        if (config != null) {
          throw kafka.invalid("--command-config is for --pubsub=kafka");
        }
        yield new Pubsub.Embedded();
      }
      case KAFKA ->
          new Pubsub.Kafka(kafka.servers(), config == null ? Map.of() : read(config, kafka));
    };
  }

  private static Map<String, String> read(Path file, KafkaOptions kafka) {
    try {
      return KafkaSettings.clientIn(file);
    } catch (IOException | IllegalArgumentException e) {
      throw kafka.invalid("cannot read " + file + ": " + e.getMessage());
    }
  }
}
