package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** For what a pod waits that has not begun: one of a task, or one of ours. */
public final class WaitingText {
  /** What every pod says for a moment. */
  private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing");

  /** What is wrong with an image; which one is not always in the kubelet's message. */
  private static final Set<String> OF_IMAGES =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError");

  private WaitingText() {}

  /** Whether it waits for an image. */
  public static boolean ofImage(PodStatus status) {
    return containers(status)
        .flatMap(container -> Stream.ofNullable(container.getState()))
        .flatMap(state -> Stream.ofNullable(state.getWaiting()))
        .anyMatch(
            waiting -> waiting.getReason() != null && OF_IMAGES.contains(waiting.getReason()));
  }

  private static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
        .flatMap(Collection::stream);
  }

  /** On one line; empty if it waits for nothing out of the ordinary. */
  public static String of(PodStatus status) {
    return containers(status)
        .map(container -> of(container).or(() -> crashed(container)))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> unscheduled(status))
        .orElse("");
  }

  private static Optional<String> of(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .filter(waiting -> waiting.getReason() != null && !ORDINARY.contains(waiting.getReason()))
        .map(waiting -> text(container, waiting));
  }

  /** Between two tries of the kubelet, of a container that the pod needs before it begins. */
  private static Optional<String> crashed(ContainerStatus container) {
    return Boolean.TRUE.equals(container.getStarted())
        ? Optional.empty()
        : Stream.of(container.getState(), container.getLastState())
            .filter(Objects::nonNull)
            .flatMap(state -> Stream.ofNullable(state.getTerminated()))
            .filter(ended -> !Objects.equals(ended.getExitCode(), 0))
            .findFirst()
            .map(ended -> container.getName() + ": " + FailureText.exit(ended));
  }

  private static String text(ContainerStatus container, ContainerStateWaiting waiting) {
    String whose = Marks.MAIN.equals(container.getName()) ? "" : container.getName() + ": ";
    boolean named = OF_IMAGES.contains(waiting.getReason()) && container.getImage() != null;
    String image = named ? " " + container.getImage() : "";
    return ShownText.of(whose + waiting.getReason() + image, waiting.getMessage());
  }

  private static Optional<String> unscheduled(PodStatus status) {
    return status.getConditions().stream()
        .filter(condition -> Objects.equals(condition.getReason(), "Unschedulable"))
        .map(condition -> ShownText.of("Unschedulable", condition.getMessage()))
        .findFirst();
  }
}
