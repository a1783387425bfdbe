package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
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
   * @param departure what ended the task, if it did not end by itself
   */
  static String of(PodStatus status, MainStatus main, Optional<Departure> departure) {
    if (Marks.NOT_STARTED.equals(status.getReason())) {
      return Objects.requireNonNullElse(status.getMessage(), "");
    }
    if (departure.isPresent()) {
      return ShownText.of(departure.get().text(), how(main));
    }
    return main.terminated() != null
        ? exit(main.terminated())
        : initFailure(status).orElseGet(() -> ShownText.of("it never ran", status.getMessage()));
  }

  private static String how(MainStatus main) {
    if (main.terminated() != null) {
      return exit(main.terminated());
    }
    return main.running() ? "nobody saw it end" : "it never ran";
  }

  /** {@code exit code 137 (OOMKilled)}. */
  static String exit(ContainerStateTerminated ended) {
    String reason = Objects.requireNonNullElse(ended.getReason(), "");
    String code = "exit code " + ended.getExitCode();
    return ShownText.of(
        EMPTY_REASONS.contains(reason) ? code : code + " (" + reason + ")", ended.getMessage());
  }

  private static Optional<String> initFailure(PodStatus status) {
    return status.getInitContainerStatuses().stream()
        .flatMap(
            container ->
                Optional.ofNullable(container.getState())
                    .map(ContainerState::getTerminated)
                    .filter(ended -> !Objects.equals(ended.getExitCode(), 0))
                    .map(ended -> "init container " + container.getName() + ": " + exit(ended))
                    .stream())
        .findFirst();
  }
}
