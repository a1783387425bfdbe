package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl describe} and {@code kubectl get events} tell of a run.
 *
 * @param key tells it from the run's others, so that one that is seen again is not recorded again
 * @param reason in CamelCase, as Kubernetes has it
 */
record KubernetesEvent(WatchedRun run, String key, Type type, String reason, String message) {
  /** Kubernetes' types, by their names there. */
  enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * What is to be told of a run that is seen.
   *
   * @param before as it was seen last; null: never
   */
  static Stream<KubernetesEvent> of(@Nullable WatchedRun before, WatchedRun now) {
    return switch (now.stage()) {
      case UNBEGUN -> Stream.empty();
      case ACTIVE -> Stream.concat(started(before, now).stream(), stalled(before, now).stream());
      case COMPLETE -> over(before, now).stream();
    };
  }

  /** That a task's pod has failed. */
  static KubernetesEvent failed(WatchedRun run, TaskPod pod) {
    Instance instance = pod.instance();
    return new KubernetesEvent(
        run,
        "failed/" + pod.uid(),
        Type.WARNING,
        "TaskFailed",
        "%s of %s failed%s"
            .formatted(
                pod.name(),
                instance.identity().task(),
                instance.message().isEmpty() ? "" : ": " + instance.message()));
  }

  private static Optional<KubernetesEvent> started(@Nullable WatchedRun before, WatchedRun now) {
    return before == null || !before.active()
        ? Optional.of(
            new KubernetesEvent(now, "started", Type.NORMAL, "Started", "by plan " + now.plan()))
        : Optional.empty();
  }

  private static Optional<KubernetesEvent> stalled(@Nullable WatchedRun before, WatchedRun now) {
    String message = now.message();
    return message == null || (before != null && Objects.equals(before.message(), message))
        ? Optional.empty()
        : Optional.of(
            new KubernetesEvent(now, "stalled/" + message, Type.WARNING, "Stalled", message));
  }

  /** Of one that was over when it was seen first somebody else has told. */
  private static Optional<KubernetesEvent> over(@Nullable WatchedRun before, WatchedRun now) {
    if (before == null || before.stage() == WatchedRun.Stage.COMPLETE || now.running()) {
      return Optional.empty();
    }
    Type type = now.phase().equals("Succeeded") ? Type.NORMAL : Type.WARNING;
    return Optional.of(
        new KubernetesEvent(
            now, "over", type, now.phase(), Objects.requireNonNullElse(now.message(), "")));
  }
}
