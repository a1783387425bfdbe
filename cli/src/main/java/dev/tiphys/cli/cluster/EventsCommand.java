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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys events RUN}. */
@Command(
    name = "events",
    description = {
      "Print a run's events as they come, until it ends. A pod of the sidecars' image receives them"
          + " meanwhile; it goes with this command."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys events coinflip-1a2b3c4d5e",
      "  tiphys events coinflip-1a2b3c4d5e -o json | jq -c 'select(.type == \"coin\") | .data'"
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

  private final EventFormat json =
      Objects.requireNonNull(
          EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));

  @Override
  int run(Cluster cluster) throws InterruptedException {
    WorkflowRun run = find(cluster, name);
    if (ObservedRun.of(run, List.of()).ending().isPresent()) {
      err().println("the run is over: no more events come");
      return ExitCode.OK;
    }
    if (cluster
        .deployed(run)
        .filter(it -> it.broker().startsWith(Marks.SERVICE_PREFIX))
        .isPresent()) {
      return unavailable(
          "no Knative Broker carries this run's events, and only there can others listen");
    }
    try (EventTail tail = EventTail.open(cluster, run, Optional.ofNullable(image));
        Followers followers = new Followers();
        RunWatch watch = new RunWatch(cluster, name, instance -> {});
        Interrupts _ = new Interrupts(watch::interrupt, watch::interrupt)) {
      Optional<String> problem = tail.awaitReady();
      if (problem.isPresent()) {
        return unavailable(problem.get());
      }
      err().println("events of " + name + ":");
      followers.add(name, () -> tail.follow(this::print));
      Ending ending = watch.await(null);
      tail.settle();
      return ending instanceof Ending.Interrupted ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
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
