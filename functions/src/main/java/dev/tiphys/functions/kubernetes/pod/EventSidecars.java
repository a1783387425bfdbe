package dev.tiphys.functions.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of the event sidecars of a pod that has ended. */
final class EventSidecars {
  /** Exit code of one of ours that was ended by somebody else, with everything published. */
  private static final Integer DISRUPTED = 3;

  private EventSidecars() {}

  /** Whether one ended otherwise than by itself with everything published. */
  static boolean anyFailed(PodSpec spec, PodStatus status) {
    return spec.getInitContainers().stream()
        .filter(EventSidecars::publishes)
        .anyMatch(sidecar -> !endedWith(0, sidecar, status) && !disrupted(sidecar, status));
  }

  /** Whether a container runs, or has run, that is none of ours and comes before main. */
  static boolean othersHaveBegun(PodSpec spec, PodStatus status) {
    Set<String> ours =
        spec.getInitContainers().stream()
            .filter(EventSidecars::publishes)
            .map(Container::getName)
            .collect(Collectors.toSet());
    return status.getInitContainerStatuses().stream()
        .filter(container -> !ours.contains(container.getName()))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
  }

  /** Whether one was told by the kubelet that the pod is being ended, and saw no stop of ours. */
  static boolean anyDisrupted(PodSpec spec, PodStatus status) {
    return spec.getInitContainers().stream().anyMatch(sidecar -> disrupted(sidecar, status));
  }

  private static boolean disrupted(Container sidecar, PodStatus status) {
    return StopFile.shown(sidecar) && endedWith(DISRUPTED, sidecar, status);
  }

  private static boolean publishes(Container container) {
    return container.getVolumeMounts().stream()
        .map(VolumeMount::getName)
        .anyMatch(name -> name != null && name.startsWith(EventSidecarContainer.STATE_VOLUME));
  }

  /** Of one that no kubelet reports the end of, the node is gone. */
  private static boolean endedWith(Integer expected, Container sidecar, PodStatus status) {
    return status.getInitContainerStatuses().stream()
        .filter(container -> Objects.equals(container.getName(), sidecar.getName()))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getExitCode)
        .anyMatch(code -> Objects.equals(code, expected));
  }
}
