package dev.tiphys.cli.run;

import dev.tiphys.cli.run.process.InstanceListener;
import dev.tiphys.cli.run.process.LifecycleEvents;
import dev.tiphys.cli.run.process.ProcessInstances;
import dev.tiphys.cli.run.process.Session;
import dev.tiphys.cli.run.process.SidecarRuntime;
import dev.tiphys.cli.run.process.TaskEnvironment;
import dev.tiphys.cli.run.process.WorkFolder;
import dev.tiphys.cli.run.view.RunsView;
import dev.tiphys.functions.Counters;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.BrokerTriggers;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.TaskTemplate;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
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
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a Plan on this machine, whatever begins them: the Triggers that a cluster would get,
 * on a broker of their own with an HTTP ingress; the functions behind them; tasks as processes.
 */
public final class LocalRun implements AutoCloseable {
  private static final int UNAVAILABLE = 503;

  /** How long a post waits for the run to begin that a person asks for. */
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(3);

  private final Plan plan;
  private final InstantSource clock = InstantSource.system();
  private final InMemoryKeys keys = new InMemoryKeys(new SecureRandom());
  private final InMemoryRuns stored = new InMemoryRuns();
  private final AtomicReference<@Nullable EventKey> beginning = new AtomicReference<>();
  private final BegunRuns begun;
  private final WatchedRuns runs;
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final OutsideBacklog backlog;
  private final EventAccounts accounts;
  private final Undelivered undelivered;
  private final Timers timers = new Timers(scheduler, clock, keys, this::runs, this::front);
  private final UserEvents events;
  private final WorkFolder work;
  private final LocalDeadLetters deadLetters;
  private final LocalBroker broker;
  private final Broker front;
  private final LocalIngress ingress;
  private final ProcessInstances instances;
  private final Reactions reactions;
  private final LocalViews views;
  private final @Nullable LocalWatches watches;

  /** Deliveries that were not waited for any longer. */
  private volatile long unfinished;

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
    this.backlog = new OutsideBacklog(new RuleIndex(plan), this::wake);
    this.begun = new BegunRuns(clock, awaited().isEmpty());
    this.runs = new WatchedRuns(stored, keys, begun, this::stored);
    this.events = new UserEvents(plan, this::vouched, begun::active);
    this.work = work;
    FileRunParts parts = new FileRunParts(work::parts);
    this.deadLetters =
        new LocalDeadLetters(plan, id -> find(plan, id), stored, keys, parts, clock, scheduler);
    this.accounts = new EventAccounts(new RuleIndex(plan), deadLetters::unheard);
    this.undelivered = new Undelivered(this::notBegun, this::startAnswered, accounts);
    this.broker =
        LocalBroker.open(
            pubsub,
            BrokerTriggers.among(
                KnativeManifests.of(plan, Options.defaults().withNamespace("default"))),
            new FunctionSubscribers(this::reactions, deadLetters)::at,
            scheduler,
            undelivered);
    this.front =
        new TappedBroker(
            new AccountedBroker(new BackloggedBroker(broker, backlog), accounts),
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
        new Reactions(id -> find(plan, id), runs, parts, instances, keys, clock, accounts, backlog);
    this.views = new LocalViews(plan, begun, runs, instances, events, clock);
    this.watches =
        settings.objects() == null
            ? null
            : LocalWatches.open(plan, settings.objects(), front, keys, clock);
    this.complete = true;
  }

  private LocalIngress ingress(Settings settings) throws IOException {
    try {
      return new LocalIngress(
          this::received,
          new HttpIngress.Options(
              settings.port(), HttpIngress.MAX_BODY_BYTES, HttpIngress.DEADLINE, settings.names()),
          this::refusal,
          this::shutTo);
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  /** When it came is a Broker's to say, and no sender's. */
  private CompletionStage<Void> received(CloudEvent event) {
    return front.publish(
        event.getExtension(Attributes.ARRIVAL_TIME) == null
            ? event
            : CloudEventBuilder.from(event).withoutExtension(Attributes.ARRIVAL_TIME).build());
  }

  private void startAnswered(Trigger trigger, CloudEvent event) {
    boolean start =
        FunctionPath.parse(trigger.subscriber().path())
            .filter(function -> function.reaction() == Reaction.START)
            .isPresent();
    if (start) {
      backlog.handled(event);
    }
  }

  private void wake(String run) {
    runs.find(run)
        .map(found -> RunChanged.of(found, "drained"))
        .ifPresent(
            changed -> keys.of(run).ifPresent(its -> broker.publish(its.control().sign(changed))));
  }

  /** What begins no run is told to its sender at once. */
  private Optional<HttpAnswer> refusal(CloudEvent event) {
    if (!complete) {
      return Optional.of(HttpAnswer.unavailable("the broker is opening"));
    }
    awaitBeginning();
    if (shutTo(event)) {
      return Optional.of(HttpAnswer.unavailable("all runs here are over: nothing takes the event"));
    }
    return reactions.refusal(plan.id(), event).map(response -> refusal(event, response));
  }

  /** The address is told a moment before: what is posted within it is for the run. */
  private void awaitBeginning() {
    try {
      begun.awaitAsked(BEGIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the ingress closes
    }
  }

  private HttpAnswer refusal(CloudEvent event, Subscriber.Response response) {
    if (response.status() == UNAVAILABLE) {
      return HttpAnswer.unavailable(response.problem());
    }
    undelivered.refused(event, response);
    deadLetters.refused(event, response);
    return HttpAnswer.problem(response.status(), response.problem());
  }

  /** What a run's own sidecars have yet to tell when it is over is taken. */
  private boolean shutTo(CloudEvent event) {
    return begun.unreceptive() && !vouched(event);
  }

  private boolean vouched(CloudEvent event) {
    String run = Attributes.value(event, Attributes.RUN);
    return run != null
        && keys.of(run).filter(its -> its.vouchFor(event, plan.workflow(), run)).isPresent();
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

  /** Types of events from outside, each of which begins a run; none if one begins by itself. */
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

  /**
   * Begins the run that a person asks for, unless the entrypoint waits for events to begin some.
   */
  public void begin(Map<String, String> parameters) {
    if (awaited().isEmpty()) {
      RunRequest request = BeginEvent.request(plan, parameters);
      begun.ask(request.name());
      stored.request(request);
      CloudEvent begin = BeginEvent.of(request);
      beginning.set(EventKey.of(begin));
      front.publish(begin).toCompletableFuture().join();
    }
  }

  /**
   * Waits until a run has begun and all that have begun have ended, but no longer than the limit,
   * and sees to it that none begins afterwards. What was posted before the end and was taken may
   * begin one, which then counts.
   *
   * @param limit null: as long as it takes
   */
  public Ending await(@Nullable Duration limit) throws InterruptedException {
    long began = System.nanoTime();
    while (begun.awaitOver(limit == null ? null : limit.minusNanos(System.nanoTime() - began))) {
      unfinished = Drain.await(this::underWay, Drain.LIMIT);
      if (begun.closeIfOver()) {
        return begun.rejection().<Ending>map(Ending.Rejected::new).orElseGet(Ending.Complete::new);
      }
    }
    return cutShort(
        begun.interrupted() || limit == null
            ? new Ending.Interrupted()
            : new Ending.TimedOut(limit));
  }

  /** Runs that are cut short have failed as runs, unless they had ended a moment before. */
  private Ending cutShort(Ending reached) {
    begun.close();
    unfinished = 0;
    String why = Outcome.why(reached);
    List<String> active = begun.active();
    active.forEach(name -> reactions.end(name, why));
    boolean cut =
        active.stream()
            .flatMap(name -> runs.find(name).stream())
            .anyMatch(run -> run.root().message().equals(why));
    return begun.over() && !cut ? new Ending.Complete() : reached;
  }

  /** Events on their way to a function, and deliveries that have not ended; at least so many. */
  private long underWay() {
    // in this order: what has entered counts as the broker's before it counts here no longer
    return ingress.entering() + broker.outstanding();
  }

  /** Whether somebody wants no more of it, perhaps before it has begun. */
  boolean interrupted() {
    return begun.interrupted();
  }

  /** Lets {@link #await} return. */
  public void interrupt() {
    begun.interrupt();
  }

  /**
   * Stops what still runs, waits until no process is left, and has what was taken delivered, as far
   * as there is time for it.
   */
  public void stop() throws InterruptedException {
    instances.close();
    // what could not be delivered before is not waited for again
    unfinished = Drain.await(this::underWay, unfinished > 0 ? Duration.ZERO : Drain.LIMIT);
    reactions.countRefused(true);
    deadLetters.flush();
    views.refresh();
  }

  /** Kills what still runs, at once. */
  public void kill() {
    instances.kill();
  }

  /** The runs that have begun in figures, in the order in which they began. */
  public List<Summary> summaries() {
    return begun.names().stream()
        .flatMap(name -> runs.find(name).stream())
        .map(run -> Summary.of(plan, run, instances.of(run.name())))
        .toList();
  }

  /** The runs as they are to be shown; for one caller alone. */
  public RunsView view() {
    return new RunsView(views.all(), undelivered.warnings(unsigned()));
  }

  /** Events that nobody was told of. */
  public RunReport.Dropped dropped() {
    return new RunReport.Dropped(
        unsigned(), undelivered.loops(), unfinished, undelivered.reasons());
  }

  /** What was taken, and what of that is accounted for. */
  public RunReport.Accounts accounts() {
    return accounts.balance(summaries());
  }

  /** How many events came that could not be used; they are kept in the folder. */
  public long deadLetters() {
    return deadLetters.count();
  }

  private long unsigned() {
    return reactions.counters().of(Counters.Outcome.UNSIGNED);
  }

  /** What the run's failed instances said last, by instance. */
  public SortedMap<String, List<String>> lastLines(String run) {
    return instances.lastLinesOfFailed(run);
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
    deadLetters.close();
    scheduler.close();
  }

  private void stored(Run stored) {
    timers.stored(stored);
    if (watches != null) {
      watches.stored(stored);
    }
  }

  /** Anybody can post an event that begins nothing; only ours was to begin this run. */
  private void notBegun(CloudEvent event, String reason) {
    if (EventKey.of(event).equals(beginning.get())) {
      begun.rejected(reason);
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
