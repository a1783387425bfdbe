package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.pod.LifecycleAnnotation;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a {@link TaskPod} from a pod; the same pod reads the same whenever it is looked at. */
final class PodReading {
  private static final String DISRUPTED = "DisruptionTarget";

  private final Pod pod;
  private final ObjectMeta metadata;
  private final PodStatus status;
  private final Instance instance;
  private final @Nullable ContainerStatus container;
  private final @Nullable ContainerState main;

  private PodReading(Pod pod, Instance instance) {
    this.pod = pod;
    this.metadata = pod.getMetadata();
    this.status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    this.instance = instance;
    this.container =
        status.getContainerStatuses().stream()
            .filter(each -> Marks.MAIN.equals(each.getName()))
            .findFirst()
            .orElse(null);
    this.main = container == null ? null : container.getState();
  }

  /** Empty for a pod that is no task's. */
  static Optional<TaskPod> of(Pod pod) {
    return ObservedPod.of(pod).map(instance -> new PodReading(pod, instance).read());
  }

  /** Whether the pod may not go before our finalizer is taken off, whosever it is. */
  static boolean held(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(Marks.FINALIZER);
  }

  private TaskPod read() {
    Started started = startedAt().map(Started::new).orElse(null);
    return new TaskPod(
        metadata.getUid(),
        metadata.getResourceVersion(),
        instance,
        started,
        Trace.of(pod),
        instance.state().terminal() ? List.of() : untraced(),
        leaving(),
        probed(),
        instance.state().terminal() ? ended() : null,
        finished(),
        held(pod),
        watchers());
  }

  /** Only while it is going anybody knows when that was asked for. */
  private @Nullable Instant leaving() {
    Long grace = metadata.getDeletionGracePeriodSeconds();
    boolean going = metadata.getDeletionTimestamp() != null && grace != null && grace > 0;
    return going && !metadata.getAnnotations().containsKey(Marks.LEAVING)
        ? Instant.parse(metadata.getDeletionTimestamp()).minusSeconds(grace)
        : null;
  }

  private boolean probed() {
    return pod.getSpec() != null
        && pod.getSpec().getContainers().stream()
            .filter(each -> Marks.MAIN.equals(each.getName()))
            .anyMatch(each -> each.getReadinessProbe() != null || each.getStartupProbe() != null);
  }

  /** Nothing for a moment that no lifecyclewatcher tells: it needs no annotation. */
  private List<Trace> untraced() {
    if (container == null) {
      return List.of();
    }
    List<Moment> traced = Trace.of(pod).stream().map(Trace::moment).toList();
    List<Trace> untraced = new ArrayList<>();
    if (told(Moment.READY)
        && probed()
        && Boolean.TRUE.equals(container.getReady())
        && !traced.contains(Moment.READY)) {
      untraced.add(new Trace(Moment.READY, lastChange()));
    }
    if (told(Moment.RESTARTED) && container.getRestartCount() != null) {
      for (int n = Collections.frequency(traced, Moment.RESTARTED);
          n < container.getRestartCount();
          n++) {
        untraced.add(new Trace(Moment.RESTARTED, startedAt().orElseGet(this::lastChange)));
      }
    }
    return untraced;
  }

  private boolean told(Moment moment) {
    return watchers().stream().anyMatch(watcher -> watcher.on().contains(moment));
  }

  /** The kubelet gives a container that could not be started the time 0. */
  private Optional<Instant> startedAt() {
    String running =
        main == null || main.getRunning() == null ? null : main.getRunning().getStartedAt();
    String terminated =
        main == null || main.getTerminated() == null ? null : main.getTerminated().getStartedAt();
    return Optional.ofNullable(running == null ? terminated : running)
        .map(Instant::parse)
        .filter(at -> !at.equals(Instant.EPOCH));
  }

  private Ended ended() {
    boolean stopped = instance.state() == Instance.State.STOPPED;
    Instant startedAt = startedAt().orElse(null);
    ContainerStateTerminated end = main == null ? null : main.getTerminated();
    if (end == null) {
      return new Ended(
          null,
          stopped,
          evicted() ? Ended.EVICTED : Objects.requireNonNullElse(status.getReason(), ""),
          instance.message(),
          startedAt,
          lastChange());
    }
    return new Ended(
        end.getExitCode(),
        stopped,
        reason(end),
        Objects.requireNonNullElse(end.getMessage(), ""),
        startedAt,
        end.getFinishedAt() == null ? lastChange() : Instant.parse(end.getFinishedAt()));
  }

  /** A container may take its end well; the kubelet's reason then does not tell of it. */
  private String reason(ContainerStateTerminated end) {
    String given = Objects.requireNonNullElse(end.getReason(), "");
    if (instance.state() != Instance.State.FAILED) {
      return given;
    }
    if (evicted()) {
      return Ended.EVICTED;
    }
    String pods = Objects.requireNonNullElse(status.getReason(), "");
    return !Objects.equals(end.getExitCode(), 0) ? given : pods.isEmpty() ? Ended.DELETED : pods;
  }

  /** By the kubelet, whose node runs short, or by somebody who drains the node. */
  private boolean evicted() {
    return Ended.EVICTED.equals(status.getReason())
        || status.getConditions().stream()
            .anyMatch(
                condition ->
                    DISRUPTED.equals(condition.getType()) && "True".equals(condition.getStatus()));
  }

  /** Of a pod whose main never ended: when anything about it changed last. */
  private Instant lastChange() {
    return Stream.concat(
            status.getConditions().stream().map(PodCondition::getLastTransitionTime),
            Stream.ofNullable(metadata.getDeletionTimestamp()))
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElse(instance.createdAt());
  }

  private boolean finished() {
    boolean letGo =
        metadata.getDeletionTimestamp() != null
            && Objects.equals(metadata.getDeletionGracePeriodSeconds(), 0L);
    return letGo || "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase());
  }

  private List<LifecycleWatcher> watchers() {
    return LifecycleAnnotation.read(pod).stream()
        .flatMap(s -> s instanceof LifecycleWatcher watcher ? Stream.of(watcher) : Stream.empty())
        .toList();
  }
}
