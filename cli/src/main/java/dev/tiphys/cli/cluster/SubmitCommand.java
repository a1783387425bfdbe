package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.BrokerOptions;
import dev.tiphys.cli.options.DeploymentOptions;
import dev.tiphys.cli.options.DurationConverter;
import dev.tiphys.cli.options.KafkaOptions;
import dev.tiphys.cli.options.NamedValues;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.options.PubsubOptions;
import dev.tiphys.cli.run.BeginEvent;
import dev.tiphys.cli.run.RunParameters;
import dev.tiphys.cli.source.WorkflowFile;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiphys submit FILE}. */
@Command(
    name = "submit",
    description = "Run a workflow on a cluster: apply what it compiles to, and begin a run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys submit coinflip.yaml",
      "  tiphys submit train.yaml -n lab -p epochs=10 --watch",
      "",
      "Exit codes: 0 begun, or with --wait Succeeded; 1 Failed or Error;",
      "            2 the file or the call is wrong; 69 the cluster cannot or will not;",
      "            124 timeout; 130 interrupted (the run goes on)."
    })
public final class SubmitCommand extends ClusterCommand {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration BEGIN_LIMIT = Duration.ofMinutes(1);
  private static final Duration PERIOD = Duration.ofMillis(200);

  /** Longer than a cold start takes. */
  private static final Duration REPEAT = Duration.ofSeconds(5);

  private static final String NOBODY_ASKED =
      "--authorize needs Brokers that ask who posts, and this cluster's do not; who administers it"
          + " sets authentication-oidc to enabled in ConfigMap config-features of knative-eventing";

  private static final String EVERYBODY_ASKED =
      "this cluster's Brokers ask who posts (authentication-oidc): submit with --authorize";

  @Mixin private WorkflowFile file;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      parameterConsumer = NamedValues.class,
      description = "Value of a workflow parameter. Can be given again and again.")
  private Map<String, String> parameters = new TreeMap<>();

  @ArgGroup private Until until = new Until();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long to wait for the Broker to be ready (default: 2m), and with --wait or --watch"
              + " for the run's end (default: to the end).")
  private @Nullable Duration timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json: one object at the end (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Mixin private BrokerOptions broker;
  @Mixin private PubsubOptions pubsub;
  @Mixin private KafkaOptions kafka;
  @Mixin private DeploymentOptions deployment;
  @Mixin private BrokerAccess access;

  /** Of the file, before the cluster is opened. */
  private Optional<Plan> plan = Optional.empty();

  /** At most one of the two. */
  static final class Until {
    @Option(names = "--wait", description = "Wait for the run's end.")
    private boolean waits;

    @Option(names = "--watch", description = "Show the run until it ends.")
    private boolean watches;
  }

  /** A mistake in the file is told also where no cluster is to be had. */
  @Override
  Optional<Integer> withoutCluster() {
    plan = file.compile(deployment.logs());
    if (plan.isEmpty()) {
      return Optional.of(ExitCode.INVALID);
    }
    List<String> problems = problems(plan.get());
    if (!problems.isEmpty()) {
      throw invalid(String.join("; ", problems));
    }
    return Optional.empty();
  }

  private List<String> problems(Plan compiled) {
    if (compiled.awaited().isEmpty()) {
      return RunParameters.problems(compiled, parameters);
    }
    return parameters.isEmpty()
        ? List.of()
        : List.of(
            "-p is for a run that this command begins, and runs of this workflow begin by events of"
                + " type "
                + String.join(" or ", compiled.awaited()));
  }

  @Override
  int run(Cluster cluster) throws InterruptedException {
    return submit(cluster, plan.orElseThrow());
  }

  private int submit(Cluster cluster, Plan compiled) throws InterruptedException {
    Options options = pubsub.in(broker.in(deployment.options(cluster.namespace())), kafka);
    if (!cluster.installed()) {
      return notInstalled();
    }
    List<HasMetadata> objects = manifests(compiled, options);
    Rollout rollout = new Rollout(cluster, objects);
    String own = KnativeManifests.brokerOf(compiled, options);
    if (!options.authorize() && cluster.audience(own).isPresent()) {
      return unavailable(EVERYBODY_ASKED);
    }
    Optional<String> otherClass = otherClass(cluster, compiled, options, own);
    if (otherClass.isPresent()) {
      return unavailable(otherClass.get());
    }
    // before anything is changed: functions that ask for tokens which nobody has would take no
    // event
    if (options.authorize() && !brokersAsk(rollout)) {
      return unavailable(NOBODY_ASKED);
    }
    rollout.apply();
    Optional<Rollout.Unready> unready =
        rollout.await(Objects.requireNonNullElse(timeout, READY_LIMIT));
    if (unready.isPresent()) {
      err().println("not ready:");
      unready.get().lines().forEach(line -> err().println("  " + line));
      return unready.get().timedOut() ? ExitCode.TIMEOUT : ExitCode.UNAVAILABLE;
    }
    Optional<String> audience = cluster.audience(own);
    if (options.authorize() && audience.isEmpty()) {
      return unavailable("the Broker does not ask yet who posts: try again");
    }
    if (!options.authorize() && audience.isPresent()) {
      return unavailable(EVERYBODY_ASKED);
    }
    return compiled.awaited().isEmpty()
        ? begin(cluster, compiled, options, audience)
        : awaitEvent(compiled);
  }

  private List<HasMetadata> manifests(Plan plan, Options options) {
    try {
      return KnativeManifests.of(plan, options);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Knative's own words for it are those of a program about two objects. */
  private static Optional<String> otherClass(
      Cluster cluster, Plan plan, Options options, String broker) {
    String wanted = options.brokerClass().annotation();
    return options.sharedBroker() == null
        ? cluster
            .brokerClass(broker)
            .filter(found -> !found.equals(wanted))
            .map(
                found ->
                    "Broker %s is of class %s, and no Broker can become one of class %s: submit with --broker-class=%s, or first take the workflow off with `tiphys uninstall %s`"
                        .formatted(broker, found, wanted, found, plan.workflow()))
        : Optional.empty();
  }

  /** Knative takes no EventPolicy where they do not. */
  private static boolean brokersAsk(Rollout rollout) {
    try {
      rollout.tryOut("EventPolicy");
      return true;
    } catch (KubernetesClientException e) {
      if (String.valueOf(e.getMessage()).contains("feature not enabled")) {
        return false;
      }
      throw e;
    }
  }

  private int awaitEvent(Plan plan) {
    String types = String.join(" or ", plan.awaited());
    out().println("applied; each event of type " + types + " begins a run:");
    out()
        .println(
            "  tiphys publish %s DATA --workflow %s"
                .formatted(plan.awaited().getFirst(), plan.workflow()));
    return ExitCode.OK;
  }

  private int begin(Cluster cluster, Plan plan, Options options, Optional<String> audience)
      throws InterruptedException {
    Optional<URI> address = cluster.address(KnativeManifests.brokerOf(plan, options));
    if (address.isEmpty()) {
      return unavailable("the Broker is not there, or has no address yet");
    }
    RunRequest request = BeginEvent.request(plan, parameters);
    cluster.create(request);
    CloudEvent event = BeginEvent.of(request);
    String run = request.name();
    Publication publication = access.to(address.get(), audience.orElse(null), cluster);
    long deadline = System.nanoTime() + BEGIN_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      // again and again: Knative calls a Trigger ready shortly before its dispatcher knows of it,
      // and
      // takes an event meanwhile for nobody. The event names its run, so there is one however
      // often.
      Optional<String> problem = publication.of(event);
      if (problem.isPresent()) {
        return unavailable(problem.get());
      }
      if (begun(cluster, run)) {
        return tell(cluster, plan, run);
      }
    }
    return unavailable(
        "the event was taken, but run "
            + run
            + " has not begun; the functions' log says why:\n"
            + "  kubectl logs -n "
            + cluster.namespace()
            + " -l app.kubernetes.io/component=functions -c functions");
  }

  private static boolean begun(Cluster cluster, String run) throws InterruptedException {
    long deadline = System.nanoTime() + REPEAT.toNanos();
    while (cluster.run(run).filter(it -> it.getStatus() != null).isEmpty()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Thread.sleep(PERIOD);
    }
    return true;
  }

  private int tell(Cluster cluster, Plan plan, String run) throws InterruptedException {
    boolean ends = until.waits || until.watches;
    if (output == OutputFormat.TEXT) {
      out().println("workflowrun.tiphys.dev/" + run + " created");
      out().flush();
    } else if (!ends) {
      cluster.run(run).ifPresent(found -> out().println(RunRecord.json(found)));
    }
    Watching watching =
        new Watching(cluster, output == OutputFormat.JSON ? err() : out(), out(), output);
    return until.watches
        ? watching.watch(run, plan, timeout, System.getenv())
        : until.waits ? watching.await(run, plan, timeout) : ExitCode.OK;
  }
}
