package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.Ending;
import dev.tiphys.cli.run.Interrupts;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.run.view.EventLine;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys events RUN}. */
@Command(
    name = "events",
    description = {
      "Print a run's own events as they come, until it ends: those that name it, and none from"
          + " outside. A pod of the sidecars' image receives them meanwhile; it goes with this"
          + " command."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys events coinflip-1a2b3c4d5e",
      "  tiphys events coinflip-1a2b3c4d5e -o json | jq -c 'select(.type == \"coin\") | .data'",
      "",
      "Exit codes: 0 the run is over or gone; 2 the call is wrong;",
      "            69 no more can be shown, though the run goes on; 130 interrupted."
    })
public final class EventsCommand extends ClusterCommand {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json: each event on a line, as CloudEvents has it (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--sidecars-image",
      paramLabel = "IMAGE",
      description = "The image. Default: the run watcher's.")
  private @Nullable String image;

  private static final int SAID_LIMIT = 300;

  /** For the run's end to be known that the pod's may have come before. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(3);

  private final EventFormat json =
      Objects.requireNonNull(
          EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));

  @Override
  int run(Cluster cluster) throws InterruptedException {
    WorkflowRun run = find(cluster, name);
    if (ObservedRun.of(run, List.of()).ending().isPresent()) {
      return end("the run is over");
    }
    Optional<Cluster.Deployed> deployed = cluster.deployed(run);
    if (deployed.filter(it -> it.broker().startsWith(Marks.SERVICE_PREFIX)).isPresent()) {
      return unavailable(
          "no Knative Broker carries this run's events, and only there can others listen");
    }
    try (EventTail tail = EventTail.open(cluster, run, Optional.ofNullable(image));
        Followers followers = new Followers();
        RunWatch watch = new RunWatch(cluster, name, instance -> {});
        Interrupts _ = new Interrupts(watch::interrupt, watch::interrupt)) {
      Optional<String> problem = tail.awaitReady(watch::over);
      if (problem.isPresent()) {
        return unavailable(problem.get());
      }
      if (!watch.over()) {
        say(
            "events of %s since %s; those before are not shown%s"
                .formatted(name, now(), deployed.map(EventsCommand::alsoLeftOut).orElse("")));
      }
      CompletableFuture<String> cut = new CompletableFuture<>();
      followers.add(name, () -> cut.complete(tail.follow(this::print)));
      Optional<Ending> ending = watch.awaitOr(cut);
      // the pod goes with its run, and may be the first of the two
      return tell(tail, ending.isPresent() ? ending.get() : watch.await(LAST_LOOK), cut);
    }
  }

  /** Events from outside name no run, so that no Trigger can tell which are for this one. */
  private static String alsoLeftOut(Cluster.Deployed deployed) {
    return deployed.plan().rules().stream().anyMatch(rule -> rule.on().external())
        ? ", nor those from outside"
        : "";
  }

  private int tell(EventTail tail, Ending ending, CompletableFuture<String> cut)
      throws InterruptedException {
    return switch (ending) {
      case Ending.Complete() -> {
        tail.settle();
        yield end("the run is over");
      }
      case Ending.Deleted() -> end("the run is gone");
      case Ending.Rejected(String reason) -> end(reason);
      case Ending.Interrupted() -> ExitCode.INTERRUPTED;
      case Ending.TimedOut _ ->
          unavailable(
              "no more events can be shown, and the run goes on: " + cut.getNow("it takes long"));
    };
  }

  private int end(String how) {
    say(how + ": no more events come");
    return ExitCode.OK;
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private void print(String line) {
    try {
      CloudEvent event = json.deserialize(line.getBytes(UTF_8));
      out()
          .println(
              switch (output) {
                case JSON -> line;
                case TEXT -> EventLine.of(event);
              });
      out().flush();
    } catch (EventDeserializationException e) {
      // what the pod says of itself
      err().println(Escaped.text(line, SAID_LIMIT));
    }
  }
}
