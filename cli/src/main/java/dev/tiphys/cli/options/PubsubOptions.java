package dev.tiphys.cli.options;

import dev.tiphys.knative.Options;
import dev.tiphys.knative.Pubsub;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What carries a workflow's events on a cluster; mixed into commands. */
public final class PubsubOptions {
  @Option(
      names = "--pubsub",
      paramLabel = "CARRIER",
      description =
          "What carries the events: knative, a Broker and Triggers; kafka, a Deployment of ours"
              + " over Kafka, and kubernetes, one over the API server, both for clusters without"
              + " Knative Eventing. Default: knative.")
  private Carrier carrier = Carrier.KNATIVE;

  @Option(
      names = "--kafka-secret",
      paramLabel = "NAME",
      description =
          "A Secret whose client.properties holds properties of Kafka's clients, for TLS and"
              + " passwords.")
  private @Nullable String secret;

  /** The names of them. */
  enum Carrier {
    KNATIVE,
    KAFKA,
    KUBERNETES
  }

  /**
   * The same options with what was given here.
   *
   * @throws ParameterException if that does not fit together
   */
  public Options in(Options options, KafkaOptions kafka) {
    try {
      return options.withPubsub(pubsub(kafka));
    } catch (IllegalArgumentException e) {
      throw kafka.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Pubsub pubsub(KafkaOptions kafka) {
    return switch (carrier) {
      case KNATIVE -> {
        requireNoKafka(kafka);
        yield new Pubsub.Knative();
      }
      case KAFKA -> new Pubsub.Kafka(kafka.servers(), secret);
      case KUBERNETES -> {
        requireNoKafka(kafka);
        yield new Pubsub.Kubernetes();
      }
    };
  }

  private void requireNoKafka(KafkaOptions kafka) {
    kafka.requireNone();
    if (secret != null) {
      throw kafka.invalid("--kafka-secret is for --pubsub=kafka");
    }
  }
}
