package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs as WorkflowRuns. Each is read from the API server when it is asked for, so that a stop is
 * never overlooked; a list of them is what the server has in memory, which is a moment behind.
 */
public final class KubernetesRuns implements Runs {
  /** Tries to begin a run that another delivery of the same event begins as well. */
  private static final int TRIES = 5;

  /** Runs whose state is kept as it was read: most events change nothing in it. */
  private static final int PARSED_MAX = 16;

  /** How often people are shown what has changed of a run's instances alone. */
  private static final Duration SHOW_EVERY = Duration.ofSeconds(1);

  /** Selects those that have no status. */
  private static final String NO_PHASE = "";

  private final NonNamespaceOperation<
          WorkflowRun, KubernetesResourceList<WorkflowRun>, Resource<WorkflowRun>>
      objects;
  private final KnownRuns known;
  private final KubernetesPlans plans;
  private final Brokers brokers;
  private final WatcherDeployment watcher;
  private final InstantSource clock;

  /** The newest version of a run that was written here, or found instead. */
  private final AtomicLong newest = new AtomicLong();

  private final RecentlyUsed<String, Run> parsed = new RecentlyUsed<>(PARSED_MAX);
  private final RecentlyUsed<String, Instant> shown = new RecentlyUsed<>(RecentlyUsed.CAPACITY);
  private final SharedReads<Wanted, List<WorkflowRun>> lists = new SharedReads<>();

  /** The runs of a workflow in that phase. */
  private record Wanted(String workflow, String phase) {}

  KubernetesRuns(
      NonNamespaceOperation<WorkflowRun, KubernetesResourceList<WorkflowRun>, Resource<WorkflowRun>>
          objects,
      KnownRuns known,
      KubernetesPlans plans,
      Brokers brokers,
      WatcherDeployment watcher,
      InstantSource clock) {
    this.objects = objects;
    this.known = known;
    this.plans = plans;
    this.brokers = brokers;
    this.watcher = watcher;
    this.clock = clock;
  }

  @Override
  public Optional<Run> find(String name) {
    return DnsLabel.matches(name) ? read(name).flatMap(this::learned) : Optional.empty();
  }

  @Override
  public List<Run> active(String workflow) {
    return running(workflow).stream()
        .filter(KubernetesRuns::readable)
        .map(this::learned)
        .flatMap(Optional::stream)
        .filter(run -> run.workflow().equals(workflow) && !run.phase().complete())
        .toList();
  }

  /** One that another Tiphys has begun must not keep events from the others. */
  private static boolean readable(WorkflowRun object) {
    return object.getStatus() == null || object.getStatus().readable();
  }

  @Override
  public boolean awaited(String workflow) {
    return lists.read(new Wanted(workflow, NO_PHASE), this::list).stream()
        .anyMatch(object -> object.getMetadata().getDeletionTimestamp() == null);
  }

  private List<WorkflowRun> running(String workflow) {
    return lists.read(new Wanted(workflow, Phase.RUNNING.title()), this::list);
  }

  private List<WorkflowRun> list(Wanted wanted) {
    Answer<KubernetesResourceList<WorkflowRun>> answer =
        ApiCall.of(
            "runs of " + wanted.workflow(),
            () ->
                objects
                    // people create runs without our labels
                    .withField("spec.workflow", wanted.workflow())
                    .withField("status.phase", wanted.phase())
                    .list(Lists.notOlderThan(newest.get())));
    return answer instanceof Answer.Done<KubernetesResourceList<WorkflowRun>>(var list)
        ? list.getItems()
        : List.of();
  }

  @Override
  public boolean superseded(Run run) {
    return known
        .remembered(run.name())
        .filter(seen -> seen.version() > Long.parseLong(run.version()))
        .isPresent();
  }

  @Override
  public int activeBegunByEvents(String workflow) {
    return (int) running(workflow).stream().filter(run -> run.getSpec().cause() != null).count();
  }

  /** Also has the watcher run, whoever stored the run. */
  @Override
  public Creation create(Run run) {
    Creation creation = stored(run);
    if (creation != Creation.TAKEN) {
      live(run);
    }
    return creation;
  }

  /** The same for one that a person has created. */
  @Override
  public boolean begin(Run run) {
    WorkflowRunStatus status = first(run);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      WorkflowRun object =
          read(run.name())
              .orElseThrow(() -> new Unavailable("run " + run.name() + " is gone again"));
      boolean begun = object.getStatus() != null;
      if (begun || written(run, object, status)) {
        live(run);
        return !begun;
      }
    }
    throw new Unavailable("run " + run.name() + " is written by too many at once");
  }

  @Override
  public Optional<RunRequest> requested(String name) {
    return DnsLabel.matches(name)
        ? read(name)
            .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
            .filter(object -> object.getStatus() == null && object.getSpec().cause() == null)
            .map(WorkflowRun::getSpec)
            .map(spec -> new RunRequest(name, spec.workflow(), spec.plan(), spec.parameters()))
        : Optional.empty();
  }

  private void live(Run run) {
    show(run.name());
    if (!run.phase().complete()) {
      watcher.wake(run.name());
    }
  }

  /**
   * Has the API server take the run into its memory, which others list: an event that is posted
   * when the run is known to have begun is to reach it.
   */
  private void show(String name) {
    ApiCall.of(
        "run " + name,
        () -> objects.withField("metadata.name", name).list(Lists.notOlderThan(newest.get())));
  }

  private Creation stored(Run run) {
    WorkflowRunStatus status = first(run);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<WorkflowRun> object = created(RunObject.begun(run));
      if (object.isEmpty()) {
        object = read(run.name());
      }
      if (object.isPresent()) {
        // the name has 40 bits, which a stranger may choose
        if (!Objects.equals(object.get().getSpec().cause(), run.cause())) {
          return Creation.TAKEN;
        }
        if (object.get().getStatus() != null) {
          known.learn(object.get());
          learnVersion(object.get());
          return Creation.EXISTS;
        }
        if (written(run, object.get(), status)) {
          return Creation.CREATED;
        }
      }
    }
    throw new Unavailable("run " + run.name() + " is written by too many at once");
  }

  /** The status that a run begins with. */
  private WorkflowRunStatus first(Run run) {
    if (run.phase().complete()) {
      Summary refused = Summary.ofNothing(run.name(), run.phase(), run.root().message());
      return status(run, refused, null, null, null, List.of());
    }
    KubernetesPlans.Deployment plan = plans.deployed(run.plan());
    Summary summary = Summary.of(plan.plan(), run, List.of());
    return status(
        run, summary, brokers.address(plan.broker()), plan.logs().lowerCaseName(), null, List.of());
  }

  /** Writes the first status; false if others write the object, too. */
  private boolean written(Run run, WorkflowRun object, WorkflowRunStatus status) {
    known.learn(object);
    if (object.getMetadata().getDeletionTimestamp() != null) {
      throw new Unavailable("an earlier run " + run.name() + " is still being deleted");
    }
    String version = object.getMetadata().getResourceVersion();
    return updated(RunObject.update(run.withVersion(version), status));
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    return known
        .remembered(run.name())
        .or(() -> read(run.name()).map(known::learn))
        .filter(before -> replaced(run, summary, before))
        .isPresent();
  }

  /** Who loses against another writer has nothing newer to show. */
  @Override
  public void show(Run run, Supplier<Summary> summary) {
    Instant now = clock.instant();
    Optional<KnownRuns.Known> before = known.remembered(run.name());
    boolean early =
        shown.find(run.name()).filter(last -> now.isBefore(last.plus(SHOW_EVERY))).isPresent();
    if (before.isEmpty() || early) {
      return;
    }
    Summary current = summary.get();
    if (!current.outcome().equals(before.get().tasks())) {
      shown.put(run.name(), now);
      replaced(run, current, before.get());
    }
  }

  private boolean replaced(Run run, Summary summary, KnownRuns.Known before) {
    String url = before.ref().sink();
    Brokers.Address sink = url.isEmpty() ? null : new Brokers.Address(url, before.ref().audience());
    WorkflowRunStatus status =
        status(
            run,
            summary,
            sink,
            before.logs().lowerCaseName(),
            before.finishedAt(),
            before.conditions());
    return updated(RunObject.update(run, status));
  }

  /**
   * The status of a run.
   *
   * @param finishedAt when it was complete by what was known; null: it was not
   * @param conditions those that it had
   */
  private WorkflowRunStatus status(
      Run run,
      Summary summary,
      Brokers.@Nullable Address sink,
      @Nullable String logs,
      @Nullable String finishedAt,
      List<Condition> conditions) {
    return RunObject.status(run, summary, sink, logs, finishedAt(run, finishedAt))
        .with(RunConditions.of(summary, conditions, clock.instant()));
  }

  private @Nullable String finishedAt(Run run, @Nullable String earlier) {
    if (!run.phase().complete() || earlier != null) {
      return earlier;
    }
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private Optional<Run> learned(WorkflowRun object) {
    known.learn(object);
    String name = object.getMetadata().getName();
    String version = object.getMetadata().getResourceVersion();
    Optional<Run> before = parsed.find(name).filter(run -> run.version().equals(version));
    if (before.isPresent()) {
      return before;
    }
    Optional<Run> run = RunObject.run(object);
    run.ifPresent(it -> parsed.put(name, it));
    return run;
  }

  /** Empty if there is one of that name already. */
  private Optional<WorkflowRun> created(WorkflowRun object) {
    return switch (ApiCall.of(what(object), () -> objects.resource(object).create())) {
      case Answer.Done<WorkflowRun>(WorkflowRun created) -> Optional.of(created);
      case Answer.Exists<WorkflowRun> exists -> Optional.empty();
      case Answer.Absent<WorkflowRun> absent ->
          throw new Unavailable("WorkflowRun is not installed in the cluster");
      case Answer.Stale<WorkflowRun> stale -> throw new Unavailable("conflict at a new run");
    };
  }

  private boolean updated(WorkflowRun object) {
    Answer<WorkflowRun> answer =
        ApiCall.of(what(object), () -> objects.resource(object).updateStatus());
    if (answer instanceof Answer.Done<WorkflowRun>(WorkflowRun written)) {
      known.learn(written);
      learnVersion(written);
      return true;
    }
    return false;
  }

  private void learnVersion(WorkflowRun object) {
    newest.accumulateAndGet(SeenPod.version(object.getMetadata()), Math::max);
  }

  private Optional<WorkflowRun> read(String name) {
    return ApiCall.of("run " + name, () -> objects.withName(name).get())
            instanceof Answer.Done<WorkflowRun>(WorkflowRun found)
        ? Optional.of(found)
        : Optional.empty();
  }

  private static String what(WorkflowRun object) {
    return "run " + object.getMetadata().getName();
  }
}
