package dev.tiphys.cli.run;

import dev.tiphys.cli.run.process.InstanceListener;
import dev.tiphys.cli.run.process.LifecycleEvents;
import dev.tiphys.cli.run.process.ProcessInstances;
import dev.tiphys.cli.run.process.Session;
import dev.tiphys.cli.run.process.SidecarRuntime;
import dev.tiphys.cli.run.process.TaskEnvironment;
import dev.tiphys.cli.run.process.WorkFolder;
import dev.tiphys.cli.run.view.RunTree;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.Counters;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.TaskTemplate;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Plan on this machine: the Triggers that a cluster would get, on a broker of its own
 * with an HTTP ingress; the functions behind them; tasks as processes.
 */
public final class LocalRun implements AutoCloseable {
  /** In the place of a run's name: none is to begin any more. */
  private static final String NONE = "";

  private static final int UNAVAILABLE = 503;

  private final Plan plan;
  private final InstantSource clock = InstantSource.system();
  private final InMemoryKeys keys = new InMemoryKeys(new SecureRandom());
  private final AtomicReference<@Nullable String> run = new AtomicReference<>();
  private final InMemoryRuns stored = new InMemoryRuns();
  private final WatchedRuns runs = new WatchedRuns(stored, keys, this::stored, this::begins);
  private final AtomicReference<@Nullable EventKey> beginning = new AtomicReference<>();

  /** Name of the run that a person asks for here. */
  private final AtomicReference<@Nullable String> asked = new AtomicReference<>();

  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private volatile @Nullable Ending concluded;
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Undelivered undelivered = new Undelivered(this::notBegun);
  private final Timers timers = new Timers(scheduler, clock, keys, this::runs, this::front);
  private final UserEvents events;
  private final WorkFolder work;
  private final LocalBroker broker;
  private final Broker front;
  private final HttpIngress ingress;
  private final ProcessInstances instances;
  private final Reactions reactions;
  private final @Nullable LocalWatches watches;

  /** The broker's address is known, and may be posted to, before all of this is there. */
  private volatile boolean complete;

  /**
   * How a local run is set up.
   *
   * @param work folder in which a new one is made for this run's instances
   * @param keep whether folders of ended instances stay
   * @param port of the broker; 0: any free one
   * @param grace between SIGTERM and SIGKILL
   * @param host this machine's environment variables
   * @param objects folder of manifests that stand for the cluster's objects; null: there are none
   * @param names host names by which the broker is reached, beside those of the loopback
   */
  public record Settings(
      Path work,
      boolean keep,
      int port,
      Duration grace,
      Map<String, String> host,
      @Nullable Path objects,
      Set<String> names) {
    /** No further names. */
    public Settings(
        Path work,
        boolean keep,
        int port,
        Duration grace,
        Map<String, String> host,
        @Nullable Path objects) {
      this(work, keep, port, grace, host, objects, Set.of());
    }

    /** Without objects. */
    public Settings(Path work, boolean keep, int port, Duration grace, Map<String, String> host) {
      this(work, keep, port, grace, host, null);
    }
  }

  private LocalRun(
      Plan plan, Settings settings, Pubsub pubsub, WorkFolder work, RunListener listener)
      throws IOException {
    this.plan = plan;
    this.events = new UserEvents(plan, keys);
    this.work = work;
    this.broker =
        LocalBroker.open(
            pubsub,
            BrokerTriggers.among(
                KnativeManifests.of(plan, Options.defaults().withNamespace("default"))),
            new FunctionSubscribers(this::reactions)::at,
            scheduler,
            undelivered);
    this.front =
        new TappedBroker(
            broker,
            event -> {
              events.count(event);
              listener.published(event);
            });
    this.ingress = ingress(settings);
    InstanceListener changes = new LifecycleEvents(front, keys, clock);
    this.instances =
        new ProcessInstances(
            work,
            new TaskEnvironment(settings.host(), Session.begin()),
            settings.grace(),
            new SidecarRuntime(ingress.uri(), keys, clock),
            changes.andThen(listener::changed),
            clock);
    this.reactions =
        new Reactions(
            id -> find(plan, id), runs, new FileRunParts(work::parts), instances, keys, clock);
    this.watches =
        settings.objects() == null
            ? null
            : LocalWatches.open(plan, settings.objects(), front, keys, clock);
    this.complete = true;
  }

  private HttpIngress ingress(Settings settings) throws IOException {
    try {
      return HttpIngress.start(
          front,
          new HttpIngress.Options(
              settings.port(), HttpIngress.MAX_BODY_BYTES, HttpIngress.DEADLINE, settings.names()),
          this::refusal);
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  /** What begins no run is told to its sender at once. */
  private Optional<HttpAnswer> refusal(CloudEvent event) {
    if (!complete) {
      return Optional.of(HttpAnswer.unavailable("the broker is opening"));
    }
    return reactions.refusal(plan.id(), event).map(response -> refusal(event, response));
  }

  private HttpAnswer refusal(CloudEvent event, Subscriber.Response response) {
    if (response.status() == UNAVAILABLE) {
      return HttpAnswer.unavailable(response.problem());
    }
    undelivered.refused(event, response);
    return HttpAnswer.problem(response.status(), response.problem());
  }

  /** The address is told before the run begins: what is posted at once is to reach it. */
  private boolean begins() {
    return awaited().isEmpty() && run.get() == null;
  }

  /**
   * Opens an embedded broker; nothing runs yet.
   *
   * @throws IOException if the port is taken, or no folder can be made
   */
  public static LocalRun open(Plan plan, Settings settings, RunListener listener)
      throws IOException {
    return open(plan, settings, new Pubsub.Embedded(), listener);
  }

  /**
   * Opens a broker over what is to carry the events; nothing runs yet.
   *
   * @throws IOException if that does not answer, the port is taken, or no folder can be made
   */
  public static LocalRun open(Plan plan, Settings settings, Pubsub pubsub, RunListener listener)
      throws IOException {
    WorkFolder work = WorkFolder.create(settings.work(), settings.keep());
    try {
      return new LocalRun(plan, settings, pubsub, work, listener);
    } catch (IOException e) {
      work.delete();
      throw e;
    }
  }

  /** Where events can be posted. */
  public URI address() {
    return ingress.uri();
  }

  /** The folder that holds those of the instances. */
  public Path folder() {
    return work.root();
  }

  /** Types of events from outside that begin the run; none for one that begins by itself. */
  public List<String> awaited() {
    return plan.awaited();
  }

  /** Fields of the workflow that mean something for pods alone. */
  public SortedSet<String> ignoredFields() {
    return plan.templates().values().stream()
        .flatMap(template -> template instanceof TaskTemplate task ? Stream.of(task) : null)
        .flatMap(task -> Stream.concat(task.pod().ofPodsAlone(), LocalSidecars.ofPodsAlone(task)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is to be told of the volumes, a line each. */
  List<String> volumes() {
    return LocalVolumes.notices(plan);
  }

  /** Begins the run, unless its entrypoint waits for an event to begin it. */
  public void begin(Map<String, String> parameters) {
    if (awaited().isEmpty()) {
      RunRequest request = BeginEvent.request(plan, parameters);
      asked.set(request.name());
      stored.request(request);
      CloudEvent begin = BeginEvent.of(request);
      beginning.set(EventKey.of(begin));
      front.publish(begin).toCompletableFuture().join();
    }
  }

  /**
   * Waits for the run's end, but no longer than the limit, and sees to it that nothing of the run
   * begins afterwards.
   *
   * @param limit null: as long as it takes
   */
  public Ending await(@Nullable Duration limit) throws InterruptedException {
    Ending how = conclude(reached(limit));
    concluded = how;
    return how;
  }

  private Ending reached(@Nullable Duration limit) throws InterruptedException {
    try {
      return limit == null ? ending.get() : ending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      ending.complete(new Ending.TimedOut(limit == null ? Duration.ZERO : limit));
      return ending.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ending never fails", e);
    }
  }

  /** A run that is cut short has failed as a run, unless it had succeeded a moment before. */
  private Ending conclude(Ending reached) {
    String name = run.compareAndExchange(null, NONE);
    return switch (reached) {
      case Ending.Interrupted _, Ending.TimedOut _ when name != null -> cutShort(name, reached);
      case Ending.Complete _,
          Ending.Deleted _,
          Ending.Interrupted _,
          Ending.Rejected _,
          Ending.TimedOut _ ->
          reached;
    };
  }

  private Ending cutShort(String name, Ending reached) {
    reactions.end(name, Outcome.of(reached, Phase.FAILED, "").message());
    boolean succeeded = current().map(it -> it.phase() != Phase.FAILED).orElse(false);
    return succeeded ? new Ending.Complete() : reached;
  }

  /** Whether its end has been brought about, perhaps before it began. */
  boolean over() {
    return ending.isDone();
  }

  /** Lets {@link #await} return. */
  public void interrupt() {
    ending.complete(new Ending.Interrupted());
  }

  /** Stops what still runs, and waits until no process is left. */
  public void stop() {
    instances.close();
  }

  /** Kills what still runs, at once. */
  public void kill() {
    instances.kill();
  }

  /** The run in figures; empty before it has begun. */
  public Optional<Summary> summary() {
    return current().map(it -> Summary.of(plan, it, instances.of(it.name())));
  }

  /** The run as it is to be shown; for one caller alone. */
  public Optional<RunView> view() {
    return current()
        .map(
            it -> {
              List<Instance> observed = instances.of(it.name());
              Summary summary = Summary.of(plan, it, observed);
              Ending how = concluded;
              Optional<Outcome> outcome =
                  Optional.ofNullable(how)
                      .map(end -> Outcome.of(end, summary.phase(), summary.message()));
              return new RunView(
                  it.name(),
                  outcome.map(Outcome::phase).orElse(summary.phase()),
                  outcome.map(Outcome::message).orElse(summary.message()),
                  Duration.between(it.startedAt(), clock.instant()),
                  RunTree.of(it, observed),
                  summary.tasks(),
                  events.observe(System.nanoTime()),
                  warnings());
            });
  }

  /** How many of the workflow's own events there were, by type. */
  public SortedMap<String, Long> eventTotals() {
    return events.totals();
  }

  /** Events that claimed to come from a run's tasks and did not. */
  public long unsigned() {
    return reactions.counters().of(Counters.Outcome.UNSIGNED);
  }

  /** Events that were published in answer to each other without end. */
  public long loops() {
    return undelivered.loops();
  }

  /** Events that could not be used, by type and reason. */
  public SortedMap<String, Long> unusable() {
    return undelivered.reasons();
  }

  /** What the failed instances said last, by instance. */
  public SortedMap<String, List<String>> lastLines() {
    return current().map(it -> instances.lastLinesOfFailed(it.name())).orElse(new TreeMap<>());
  }

  /** Removes the folders of the run's instances. */
  public void deleteFolder() {
    work.delete();
  }

  @Override
  public void close() {
    if (watches != null) {
      watches.close();
    }
    instances.close();
    ingress.close();
    broker.close();
    scheduler.close();
  }

  private List<String> warnings() {
    return undelivered.warnings(unsigned());
  }

  private Optional<Run> current() {
    return Optional.ofNullable(run.get()).flatMap(runs::find);
  }

  /**
   * The run that was asked for is the one that is shown; where it waits for an event, the first.
   * Who posts while the command is still starting begins a run beside it.
   */
  private void stored(Run stored) {
    timers.stored(stored);
    if (watches != null) {
      watches.stored(stored);
    }
    if (!awaited().isEmpty() || stored.name().equals(asked.get())) {
      run.compareAndSet(null, stored.name());
    }
    if (stored.phase().complete() && stored.name().equals(run.get())) {
      ending.complete(new Ending.Complete());
    }
  }

  /** Anybody can post an event that begins nothing; only ours was to begin this run. */
  private void notBegun(CloudEvent event, String reason) {
    if (EventKey.of(event).equals(beginning.get())) {
      ending.complete(new Ending.Rejected(reason));
    }
  }

  private Runs runs() {
    return runs;
  }

  private Broker front() {
    return front;
  }

  private Reactions reactions() {
    return reactions;
  }

  private static Optional<Plan> find(Plan plan, String id) {
    return plan.id().equals(id) ? Optional.of(plan) : Optional.empty();
  }
}
