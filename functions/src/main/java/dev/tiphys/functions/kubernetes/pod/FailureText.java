package dev.tiphys.functions.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Why an instance has failed. */
final class FailureText {
  /** They add nothing to the exit code. */
  private static final Set<String> EMPTY_REASONS = Set.of("", "Error", "Completed");

  private FailureText() {}

  /**
   * @param deleted whether somebody deleted the pod
   */
  static String of(PodStatus status, MainStatus main, boolean deleted) {
    if (status.getReason() != null && !status.getReason().isEmpty()) {
      return ShownText.of(status.getReason(), status.getMessage());
    }
    if (main.terminated() != null) {
      return exit(main.terminated(), deleted ? "deleted" : "");
    }
    if (deleted) {
      return main.running() ? "deleted by force, while it ran" : "deleted before it ran";
    }
    return initFailure(status).orElseGet(() -> ShownText.of("it never ran", status.getMessage()));
  }

  /**
   * {@code exit code 137 (OOMKilled)}.
   *
   * @param otherwise the reason where the kubelet knows none
   */
  private static String exit(ContainerStateTerminated ended, String otherwise) {
    String given = Objects.requireNonNullElse(ended.getReason(), "");
    String reason = EMPTY_REASONS.contains(given) ? otherwise : given;
    String code = "exit code " + ended.getExitCode();
    return ShownText.of(reason.isEmpty() ? code : code + " (" + reason + ")", ended.getMessage());
  }

  private static Optional<String> initFailure(PodStatus status) {
    return status.getInitContainerStatuses().stream()
        .flatMap(
            container ->
                Optional.ofNullable(container.getState())
                    .map(ContainerState::getTerminated)
                    .filter(ended -> !Objects.equals(ended.getExitCode(), 0))
                    .map(ended -> "init container " + container.getName() + ": " + exit(ended, ""))
                    .stream())
        .findFirst();
  }
}
