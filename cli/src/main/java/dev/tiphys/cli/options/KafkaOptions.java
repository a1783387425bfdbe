package dev.tiphys.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where Kafka is, named as Kafka's own tools name it; mixed into commands. */
public final class KafkaOptions {
  private static final String BOOTSTRAP_SERVER = "--bootstrap-server";

  @Option(
      names = BOOTSTRAP_SERVER,
      paramLabel = "HOST:PORT",
      description = "Kafka's address, or several with commas between them; for --pubsub=kafka.")
  private @Nullable String servers;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The address.
   *
   * @throws ParameterException if none is given
   */
  public String servers() {
    if (servers == null || servers.isBlank()) {
      throw invalid("--pubsub=kafka needs " + BOOTSTRAP_SERVER + " HOST:PORT");
    }
    return servers;
  }

  /**
   * For other carriers.
   *
   * @throws ParameterException if one is given all the same
   */
  public void requireNone() {
    if (servers != null) {
      throw invalid(BOOTSTRAP_SERVER + " is for --pubsub=kafka");
    }
  }

  /** What is wrong with the call. */
  public ParameterException invalid(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
