package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.triggers.event.AttributeText;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiphys publish TYPE DATA}. */
@Command(
    name = "publish",
    description = "Publish an event to a workflow's Broker, as somebody from outside.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys publish order '{\"goods\": \"bread\"}' --workflow external",
      "  tiphys publish closing --workflow external",
      "  tiphys publish order bread --broker-url http://127.0.0.1:36401/",
      "  tiphys publish reading - --broker common --subject sensor-7 < reading.json"
    })
public final class PublishCommand extends ClusterCommand {
  private static final String STDIN = "-";

  private static final String ATTRIBUTE = "--attribute";

  /** What a broker takes at most, by far. */
  private static final int MAX_BYTES = 1 << 20;

  @Parameters(index = "0", paramLabel = "TYPE", description = "The event's type.")
  private String type;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA",
      description = "JSON, or else it is text; - reads standard input. Default: none.")
  private @Nullable String data;

  @ArgGroup private Target target = new Target();

  @Option(names = "--subject", paramLabel = "TEXT", description = "The event's subject.")
  private @Nullable String subject;

  @Option(
      names = "--source",
      paramLabel = "URI",
      description = "The event's source. Default: /tiphys/cli.")
  private URI source = URI.create("/tiphys/cli");

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The event's id: one that was published before means the same event. Default: a new one.")
  private String id = UUID.randomUUID().toString();

  @Option(
      names = {"-a", ATTRIBUTE},
      paramLabel = "NAME=VALUE",
      description = "A further attribute. Can be given again and again.")
  private Map<String, String> attributes = new TreeMap<>();

  @Mixin private BrokerAccess access;

  @Spec private CommandSpec spec;

  /** One of the two, where the call does not say where to post. */
  static final class Target {
    @Option(
        names = "--workflow",
        paramLabel = "NAME",
        description = "To this workflow's Broker. With --broker-url the event only names it.")
    private @Nullable String workflow;

    @Option(names = "--broker", paramLabel = "NAME", description = "To this Broker.")
    private @Nullable String broker;
  }

  @Override
  Optional<Integer> withoutCluster() throws InterruptedException {
    Optional<Publication> direct = access.direct();
    if (direct.isEmpty()) {
      if (target.broker == null && target.workflow == null) {
        throw invalid("which Broker? give --workflow, --broker or --broker-url");
      }
      return Optional.empty();
    }
    if (target.broker != null) {
      throw invalid("--broker and --broker-url say twice where to post: give one of them");
    }
    return Optional.of(publish(event(), direct.get()));
  }

  @Override
  int run(Cluster cluster) throws InterruptedException {
    String broker = Objects.requireNonNullElse(target.broker, "");
    if (target.workflow != null) {
      Cluster.Deployed deployed = deployed(cluster, target.workflow);
      warnOfNoTaker(deployed.plan());
      broker = deployed.broker();
    }
    CloudEvent event = event();
    Optional<URI> address = cluster.address(broker);
    if (address.isEmpty()) {
      return unavailable(
          "no Broker `%s` in namespace `%s`, or it is not ready"
              .formatted(broker, cluster.namespace()));
    }
    return publish(event, access.to(address.get(), cluster.audience(broker).orElse(null), cluster));
  }

  private int publish(CloudEvent event, Publication publication) throws InterruptedException {
    Optional<String> problem = publication.of(event);
    if (problem.isPresent()) {
      return unavailable(problem.get());
    }
    out().println("event " + event.getId() + " published");
    return ExitCode.OK;
  }

  private Cluster.Deployed deployed(Cluster cluster, String workflow) {
    return cluster
        .deployed(workflow)
        .orElseThrow(
            () ->
                invalid(
                    "no workflow `%s` in namespace `%s`".formatted(workflow, cluster.namespace())));
  }

  private void warnOfNoTaker(Plan plan) {
    boolean taken =
        plan.rules().stream()
            .anyMatch(rule -> rule.on().external() && rule.on().type().equals(type));
    if (!taken && !type.startsWith("dev.tiphys.")) {
      err()
          .println(
              "warning: the workflow %s takes no event of type %s from outside"
                  .formatted(plan.workflow(), type));
    }
  }

  private CloudEvent event() {
    Optional<String> doubled = doubled();
    if (doubled.isPresent()) {
      throw invalid("the attribute `%s` is given more than once".formatted(doubled.get()));
    }
    try {
      CloudEventBuilder event = CloudEventBuilder.v1().withId(id).withSource(source).withType(type);
      if (subject != null) {
        event.withSubject(subject);
      }
      if (target.workflow != null) {
        event.withExtension(Attributes.WORKFLOW, target.workflow);
      }
      attributes.forEach(event::withContextAttribute);
      byte[] bytes = bytes();
      if (bytes.length > 0) {
        event.withData(isJson(bytes) ? "application/json" : "text/plain", bytes);
      }
      return AttributeText.checked(event.build());
    } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException e) {
      throw invalid("no valid event: " + e.getMessage());
    }
  }

  /** The map has the last value of each alone. */
  private Optional<String> doubled() {
    Set<String> names = new HashSet<>();
    OptionSpec given = spec.commandLine().getParseResult().matchedOption(ATTRIBUTE);
    return Stream.ofNullable(given)
        .flatMap(option -> option.originalStringValues().stream())
        .map(attribute -> attribute.split("=", 2)[0])
        .filter(name -> !names.add(name))
        .findFirst();
  }

  private byte[] bytes() {
    if (data == null) {
      return new byte[0];
    }
    if (!data.equals(STDIN)) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
    try {
      byte[] read = System.in.readNBytes(MAX_BYTES + 1);
      if (read.length > MAX_BYTES) {
        throw invalid("the data has more than " + MAX_BYTES + " bytes");
      }
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read));
      return read;
    } catch (CharacterCodingException e) {
      throw invalid("the data on standard input is not UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJson(byte[] bytes) {
    try {
      return !Json.parse(bytes).isMissingNode();
    } catch (IOException e) {
      return false;
    }
  }
}
