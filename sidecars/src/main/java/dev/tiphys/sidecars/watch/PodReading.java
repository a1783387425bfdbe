package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@link TaskPod} from a pod; the same pod reads the same whenever it is looked at. */
final class PodReading {
  private static final Logger LOG = LoggerFactory.getLogger(PodReading.class);

  private final Pod pod;
  private final ObjectMeta metadata;
  private final PodStatus status;
  private final Instance instance;
  private final @Nullable ContainerState main;

  private PodReading(Pod pod, Instance instance) {
    this.pod = pod;
    this.metadata = pod.getMetadata();
    this.status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    this.instance = instance;
    this.main =
        status.getContainerStatuses().stream()
            .filter(container -> Marks.MAIN.equals(container.getName()))
            .map(ContainerStatus::getState)
            .findFirst()
            .orElse(null);
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
        instance.state().terminal() ? ended() : null,
        finished(),
        held(pod),
        watchers());
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
          Objects.requireNonNullElse(status.getReason(), ""),
          instance.message(),
          startedAt,
          lastChange());
    }
    return new Ended(
        end.getExitCode(),
        stopped,
        Objects.requireNonNullElse(end.getReason(), ""),
        Objects.requireNonNullElse(end.getMessage(), ""),
        startedAt,
        end.getFinishedAt() == null ? lastChange() : Instant.parse(end.getFinishedAt()));
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
    String annotation = metadata.getAnnotations().get(Marks.LIFECYCLE);
    if (annotation == null) {
      return List.of();
    }
    try {
      return Stream.of(Json.mapper().readValue(annotation, EventSidecar[].class))
          .flatMap(s -> s instanceof LifecycleWatcher watcher ? Stream.of(watcher) : Stream.empty())
          .toList();
    } catch (JsonProcessingException e) {
      LOG.error("pod {}: {} cannot be read", metadata.getName(), Marks.LIFECYCLE, e);
      return List.of();
    }
  }
}
