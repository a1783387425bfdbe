package dev.tiphys.sidecars.publish;

/** What a sink's answer means for an event. */
public sealed interface Answer {
  /** The sink has it. */
  record Accepted() implements Answer {}

  /** It is to be tried again. */
  record Later(String reason) implements Answer {}

  /** The sink will never take it. */
  record Refused(int status) implements Answer {}

  /**
   * By the rules of Knative's senders: 5xx, 404, 408, 409 and 429 are tried again. So are 401 and
   * 403, which say something of the sender and nothing of this event: a token that was renewed, or
   * a policy that was put right, lets it in.
   */
  static Answer of(int status) {
    if (status >= 200 && status < 300) {
      return new Accepted();
    }
    return switch (status) {
      case 401, 403, 404, 408, 409, 429 -> new Later("HTTP " + status);
      default -> status >= 500 ? new Later("HTTP " + status) : new Refused(status);
    };
  }
}
