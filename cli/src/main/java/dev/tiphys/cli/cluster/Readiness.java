package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Whether an object does what it was applied for: one of Knative's, or a Deployment. */
final class Readiness {
  /** As Knative calls it, and as a Deployment does. */
  private static final Set<String> CONDITIONS = Set.of("Ready", "Available");

  private Readiness() {}

  /** Why it is not ready; empty if it is. */
  static Optional<String> problem(JsonNode object) {
    if (outdated(object)) {
      return Optional.of("not looked at yet");
    }
    for (JsonNode condition : conditions(object)) {
      if (CONDITIONS.contains(condition.path("type").asText())) {
        return condition.path("status").asText().equals("True")
            ? Optional.empty()
            : Optional.of(reason(condition));
      }
    }
    return Optional.of("not looked at yet");
  }

  /** Why the condition of that type does not hold for good; empty if it may come yet. */
  static Optional<String> failed(JsonNode object, String type) {
    for (JsonNode condition : conditions(object)) {
      if (!outdated(object)
          && condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("False")) {
        return Optional.of(reason(condition));
      }
    }
    return Optional.empty();
  }

  /** Whether its status is that of an earlier spec. */
  private static boolean outdated(JsonNode object) {
    long generation = object.path("metadata").path("generation").asLong();
    return object.path("status").path("observedGeneration").asLong(generation) < generation;
  }

  private static JsonNode conditions(JsonNode object) {
    return object.path("status").path("conditions");
  }

  private static String reason(JsonNode condition) {
    String reason = condition.path("reason").asText("not ready");
    String message = condition.path("message").asText();
    return message.isEmpty() ? reason : reason + ": " + message;
  }
}
