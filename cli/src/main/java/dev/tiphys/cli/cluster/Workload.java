package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.kubernetes.pod.WaitingText;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lets pods of ours run: a Knative Service of functions, or the Deployment that carries
 * events.
 *
 * @param pods the label of its pods
 * @param imageOption what names another image
 */
record Workload(String name, Map<String, String> pods, String imageOption) {
  /** What Knative says of an image that it cannot find in its registry, before any pod is made. */
  private static final String UNRESOLVED = "Unable to fetch image";

  /**
   * Why it does not run, and what to do.
   *
   * @param ofImage whether an image is not there, which seldom comes by itself
   */
  record Problem(String text, boolean ofImage) {}

  /** Empty for what has no pods, and for a Deployment that does not say how many it is to have. */
  static Optional<Workload> of(HasMetadata object) {
    String name = object.getMetadata().getName();
    return switch (object) {
      case Service _ ->
          Optional.of(
              new Workload(name, Map.of("serving.knative.dev/service", name), "--functions-image"));
      case Deployment deployment when deployment.getSpec().getReplicas() != null ->
          Optional.of(
              new Workload(
                  name, deployment.getSpec().getSelector().getMatchLabels(), "--sidecars-image"));
      default -> Optional.empty();
    };
  }

  /**
   * Why it does not run. Its pods know best; what the object says of them comes minutes later, and
   * what others say of the object is no cause at all.
   *
   * @param found its pods; those that Knative keeps of an older revision are none any more
   * @param object as it is now
   */
  Problem problem(List<Pod> found, JsonNode object) {
    String revision = object.path("status").path("latestCreatedRevisionName").asText();
    Optional<Pod> waiting =
        found.stream()
            .filter(pod -> revision.isEmpty() || revision.equals(revision(pod)))
            .filter(pod -> pod.getStatus() != null && !WaitingText.of(pod.getStatus()).isEmpty())
            .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
    String reason =
        waiting
            .map(pod -> WaitingText.of(pod.getStatus()))
            .or(() -> Readiness.failed(object, "ConfigurationsReady"))
            .or(() -> Readiness.problem(object))
            .orElse("not ready");
    boolean ofImage =
        waiting.map(pod -> WaitingText.ofImage(pod.getStatus())).orElse(false)
            || reason.contains(UNRESOLVED);
    return new Problem("%s does not start: %s%s".formatted(name, reason, remedy(ofImage)), ofImage);
  }

  private static @Nullable String revision(Pod pod) {
    return pod.getMetadata().getLabels().get("serving.knative.dev/revision");
  }

  private String remedy(boolean ofImage) {
    return ofImage
        ? "; put the image where the cluster looks for it, or name another with " + imageOption
        : "";
  }
}
