package dev.tiphys.triggers.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tiphys.triggers.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Why a request was refused, as RFC 9457 has it.
 *
 * @param headers of the answer, beside the content type
 */
record Problem(int status, String title, String detail, @JsonIgnore Map<String, String> headers) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem malformed(Received.Malformed malformed) {
    return new Problem(malformed.status(), "Not a usable CloudEvent", malformed.detail(), Map.of());
  }

  static Problem notAnEvent() {
    return new Problem(
        400,
        "Not a CloudEvent",
        "neither a ce-specversion header nor the content type application/cloudevents+json",
        Map.of());
  }

  static Problem notFound() {
    return new Problem(404, "No such broker", "post to / or to /{namespace}/{broker}", Map.of());
  }

  static Problem methodNotAllowed() {
    return new Problem(405, "Method not allowed", "events are posted", Map.of("Allow", "POST"));
  }

  static Problem tooLarge(int limit) {
    return new Problem(
        413, "Event too large", "the limit is " + limit + " bytes of body", Map.of());
  }

  /** The event was not taken; it may be later. */
  static Problem unavailable(String detail) {
    return new Problem(503, "No room for the event", detail, Map.of("Retry-After", "1"));
  }

  byte[] body() {
    return Json.write(this).getBytes(StandardCharsets.UTF_8);
  }
}
