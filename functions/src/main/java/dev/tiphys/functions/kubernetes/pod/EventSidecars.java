package dev.tiphys.functions.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;

/** What became of the event sidecars of a pod that has ended. */
final class EventSidecars {
  private EventSidecars() {}

  /** Whether one ended otherwise than by itself with everything published. */
  static boolean anyFailed(PodSpec spec, PodStatus status) {
    return spec.getInitContainers().stream()
        .filter(EventSidecars::publishes)
        .anyMatch(sidecar -> !endedWell(sidecar.getName(), status));
  }

  private static boolean publishes(Container container) {
    return container.getVolumeMounts().stream()
        .anyMatch(mount -> mount.getName().startsWith(EventSidecarContainer.STATE_VOLUME));
  }

  /** Of one that no kubelet reports the end of, the node is gone. */
  private static boolean endedWell(String name, PodStatus status) {
    return status.getInitContainerStatuses().stream()
        .filter(container -> Objects.equals(container.getName(), name))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getExitCode)
        .anyMatch(code -> Objects.equals(code, 0));
  }
}
