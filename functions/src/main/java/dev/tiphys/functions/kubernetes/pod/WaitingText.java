package dev.tiphys.functions.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** For what a pod waits that has not begun. */
final class WaitingText {
  /** What every pod says for a moment. */
  private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing");

  private WaitingText() {}

  static String of(PodStatus status) {
    return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
        .flatMap(Collection::stream)
        .map(WaitingText::of)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> unscheduled(status))
        .orElse("");
  }

  private static Optional<String> of(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .filter(waiting -> waiting.getReason() != null && !ORDINARY.contains(waiting.getReason()))
        .map(waiting -> text(container.getName(), waiting));
  }

  private static String text(String container, ContainerStateWaiting waiting) {
    return ShownText.of(container + ": " + waiting.getReason(), waiting.getMessage());
  }

  private static Optional<String> unscheduled(PodStatus status) {
    return status.getConditions().stream()
        .filter(condition -> Objects.equals(condition.getReason(), "Unschedulable"))
        .map(condition -> ShownText.of("Unschedulable", condition.getMessage()))
        .findFirst();
  }
}
