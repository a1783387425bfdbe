package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Whether a Knative object does what it was applied for. */
final class Readiness {
  private Readiness() {}

  /** Why it is not ready; empty if it is. */
  static Optional<String> problem(JsonNode object) {
    JsonNode status = object.path("status");
    long generation = object.path("metadata").path("generation").asLong();
    if (status.path("observedGeneration").asLong(generation) < generation) {
      return Optional.of("not looked at yet");
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True")
            ? Optional.empty()
            : Optional.of(reason(condition));
      }
    }
    return Optional.of("not looked at yet");
  }

  private static String reason(JsonNode condition) {
    String reason = condition.path("reason").asText("not ready");
    String message = condition.path("message").asText();
    return message.isEmpty() ? reason : reason + ": " + message;
  }
}
