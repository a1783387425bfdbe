package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.pod.PodSettings;
import dev.tiphys.functions.kubernetes.pod.PodTemplate;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Instances as pods. What they are is seen in a watch, what becomes of them is written at once. */
public final class KubernetesInstances implements Instances {
  /** Tries to change a pod that its kubelet writes too. */
  private static final int TRIES = 10;

  private static final Logger log = LoggerFactory.getLogger(KubernetesInstances.class);

  private final NonNamespaceOperation<Pod, ?, PodResource> pods;
  private final PodIndex index;
  private final KnownRuns runs;
  private final KubernetesKeys keys;
  private final PodTemplate template;
  private final InstantSource clock;

  /** The newest version of a pod that was written here. */
  private final AtomicLong written = new AtomicLong();

  KubernetesInstances(
      NonNamespaceOperation<Pod, ?, PodResource> pods,
      PodIndex index,
      KnownRuns runs,
      KubernetesKeys keys,
      PodSettings settings,
      InstantSource clock) {
    this.pods = pods;
    this.index = index;
    this.runs = runs;
    this.keys = keys;
    this.template = new PodTemplate(settings);
    this.clock = clock;
  }

  /** Without what an earlier run of the same name has left: that goes with its run. */
  @Override
  public List<Instance> of(String run) {
    Predicate<SeenPod> own =
        runs.remembered(run)
            .<Predicate<SeenPod>>map(known -> pod -> pod.owner().equals(known.ref().uid()))
            .orElse(pod -> true);
    return index.of(run).stream().filter(own).map(SeenPod::instance).toList();
  }

  @Override
  public void catchUp(String version) {
    try {
      index.await(Long.parseLong(version));
    } catch (NumberFormatException e) {
      log.warn("an event asks for the version {}, which is none", version);
    }
  }

  @Override
  public void catchUp() {
    index.await(written.get());
  }

  @Override
  public boolean create(InstanceSpec spec) {
    String name = spec.identity().name();
    KnownRuns.Known run = runs.of(spec.identity().run());
    Pod pod = template.of(spec, run.ref(), run.logs(), TaskKeys.of(keys.of(run), spec));
    return switch (ApiCall.of("task pod " + name, () -> pods.resource(pod).create())) {
      case Answer.Done<Pod>(Pod created) -> {
        wrote(created);
        yield true;
      }
      case Answer.Exists<Pod> exists -> {
        requireOwned(name, run);
        yield false;
      }
      case Answer.Absent<Pod> absent -> throw new Unavailable("the namespace is gone");
      case Answer.Stale<Pod> stale -> throw new Unavailable("conflict at a new pod");
    };
  }

  private void requireOwned(String name, KnownRuns.Known run) {
    boolean owned = read(name).filter(pod -> pod.owner().equals(run.ref().uid())).isPresent();
    if (!owned) {
      throw new Unavailable("the pod " + name + " is not the run's, or is being deleted");
    }
  }

  @Override
  public void openGate(String name) {
    change(
        name,
        pod -> pod.gated() && !pod.stopping(),
        pod -> Patches.openGate(pod, clock.instant()),
        this::named);
  }

  @Override
  public void update(String name, SortedMap<String, String> parameters, long revision) {
    change(
        name,
        pod -> !pod.ended() && pod.instance().revision() < revision,
        pod -> Patches.update(pod, parameters, revision),
        this::named);
  }

  @Override
  public void stop(String name, String reason) {
    change(
        name,
        pod -> !pod.ended() && !pod.stopping(),
        pod -> Patches.stop(pod, reason, clock.instant()),
        this::named);
    change(
        name,
        pod -> pod.stopping() && !pod.scheduled() && !pod.over(),
        pod -> Patches.neverRan(pod, reason),
        pod -> named(pod).subresource("status"));
  }

  /** What a node takes between the two is given up at a next look. */
  @Override
  public void giveUp(String name, String reason) {
    change(
        name,
        pod -> pod.pending() && pod.scheduled(),
        pod -> Patches.giveUp(pod, reason),
        this::named);
    change(
        name,
        pod -> pod.pending() && !pod.scheduled(),
        pod -> Patches.neverStarted(pod, reason),
        pod -> named(pod).subresource("status"));
  }

  @Override
  public void delete(String name) {
    String what = "end of task pod " + name;
    if (ApiCall.of(what, () -> named(name).patch(Patches.STRATEGIC, Patches.recorded()))
        instanceof Answer.Stale) {
      throw new Unavailable("task pod " + name + " is written by too many at once");
    }
    Answer<List<StatusDetails>> deleted = ApiCall.of(what, () -> pods.withName(name).delete());
    if (deleted instanceof Answer.Stale) {
      throw new Unavailable("task pod " + name + " cannot be deleted now");
    }
    index.find(name).ifPresent(index::deleted);
  }

  /** Changes a pod if that is needed, as it is at that very moment. */
  private void change(
      String name,
      Predicate<SeenPod> needed,
      Function<SeenPod, String> patch,
      Function<String, EditReplacePatchable<Pod>> target) {
    Optional<SeenPod> pod = index.find(name).or(() -> read(name));
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (pod.filter(needed).isEmpty()) {
        return;
      }
      String change = patch.apply(pod.get());
      switch (ApiCall.of(
          "task pod " + name, () -> target.apply(name).patch(Patches.STRATEGIC, change))) {
        case Answer.Done<Pod>(Pod changed) -> {
          wrote(changed);
          return;
        }
        case Answer.Absent<Pod> absent -> {
          return;
        }
        case Answer.Exists<Pod> exists -> pod = read(name);
        case Answer.Stale<Pod> stale -> pod = read(name);
      }
    }
    throw new Unavailable("task pod " + name + " is written by too many at once");
  }

  private Optional<SeenPod> read(String name) {
    return ApiCall.of("task pod " + name, () -> pods.withName(name).get())
            instanceof Answer.Done<Pod>(Pod pod)
        ? wrote(pod)
        : Optional.empty();
  }

  private Optional<SeenPod> wrote(Pod pod) {
    Optional<SeenPod> seen = SeenPod.of(pod);
    seen.ifPresent(
        it -> {
          index.wrote(it);
          written.accumulateAndGet(it.version(), Math::max);
        });
    return seen;
  }

  /** With an object at hand, or the client would read the pod before each patch. */
  private PodResource named(String name) {
    return pods.resource(new PodBuilder().withNewMetadata().withName(name).endMetadata().build());
  }
}
