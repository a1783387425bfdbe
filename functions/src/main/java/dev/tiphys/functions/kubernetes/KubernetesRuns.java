package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
  private final SharedReads<String, List<WorkflowRun>> lists = new SharedReads<>();

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
    return lists.read(workflow, this::list).stream()
        .map(this::learned)
        .flatMap(Optional::stream)
        .filter(run -> run.workflow().equals(workflow) && !run.phase().complete())
        .toList();
  }

  private List<WorkflowRun> list(String workflow) {
    Answer<KubernetesResourceList<WorkflowRun>> answer =
        ApiCall.of(
            "runs of " + workflow,
            () ->
                objects
                    .withLabel(Marks.WORKFLOW, ResourceName.of(workflow))
                    .withField("status.phase", Phase.RUNNING.title())
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

  /** Also has the watcher run, whoever stored the run. */
  @Override
  public boolean create(Run run) {
    boolean created = stored(run);
    show(run.name());
    watcher.wake(run.name());
    return created;
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

  private boolean stored(Run run) {
    KubernetesPlans.Deployment plan = plans.deployed(run.plan());
    Summary summary = Summary.of(plan.plan(), run, List.of());
    WorkflowRunStatus status = RunObject.status(run, summary, finishedAt(run, null));
    Brokers.Address sink = brokers.address(plan.broker());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<WorkflowRun> object = created(RunObject.begun(run, sink, plan.logs()));
      if (object.isEmpty()) {
        object = read(run.name());
      }
      if (object.isPresent()) {
        known.learn(object.get());
        if (object.get().getMetadata().getDeletionTimestamp() != null) {
          throw new Unavailable("an earlier run " + run.name() + " is still being deleted");
        }
        String version = object.get().getMetadata().getResourceVersion();
        if (object.get().getStatus() != null) {
          learnVersion(object.get());
          return false;
        }
        if (updated(RunObject.update(run.withVersion(version), status))) {
          return true;
        }
      }
    }
    throw new Unavailable("run " + run.name() + " is written by too many at once");
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    @Nullable String earlier =
        known.remembered(run.name()).map(KnownRuns.Known::finishedAt).orElse(null);
    WorkflowRunStatus status = RunObject.status(run, summary, finishedAt(run, earlier));
    return updated(RunObject.update(run, status));
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
