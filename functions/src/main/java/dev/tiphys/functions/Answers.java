package dev.tiphys.functions;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** Decisions in HTTP's words: what is 2xx is done, 429 and 503 come again, other 4xx never do. */
final class Answers {
  /** Of an event that a Trigger has brought whose plan is not there. */
  static final String NO_PLAN =
      "there is no such plan: it was deleted, or an older Tiphys made it; submit its workflow"
          + " again";

  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private Answers() {}

  static Response of(Decision.Answer answer, Run run, CloudEvent event, Keys keys) {
    return switch (answer) {
      case Decision.Answer.Done() -> Response.accepted();
      case Decision.Answer.Wake() -> wake(run, event, keys);
      case Decision.Answer.Busy(String reason) -> busy(reason);
      case Decision.Answer.Full(String reason) -> forbidden(reason);
      case Decision.Answer.Rejected(String reason) -> rejected(reason);
      case Decision.Answer.Late(String reason) -> late(reason);
    };
  }

  /**
   * Accepted, and {@code advance} is to look at the run. Named by the event: a repeat repeats it.
   */
  static Response wake(Run run, CloudEvent cause, Keys keys) {
    return reply(run, changed(run, cause).build(), keys);
  }

  /** The same for all active runs of the run's workflow; the run vouches for it. */
  static Response wakeAll(Run run, CloudEvent cause, Keys keys) {
    return reply(run, changed(run, cause).withExtension(Attributes.ALL_RUNS, true).build(), keys);
  }

  /** Whether {@code advance} is to look at all active runs; of an event that was admitted. */
  static boolean wakesAll(CloudEvent event) {
    return event.getType().equals(EventTypes.RUN_CHANGED)
        && "true".equals(Attributes.value(event, Attributes.ALL_RUNS));
  }

  private static CloudEventBuilder changed(Run run, CloudEvent cause) {
    EventKey key = EventKey.of(cause);
    return CloudEventBuilder.v1()
        .withId(key.source() + "#" + key.id())
        .withSource(URI.create("/tiphys/" + run.workflow() + "/" + run.name()))
        .withType(EventTypes.RUN_CHANGED)
        .withExtension(Attributes.WORKFLOW, run.workflow())
        .withExtension(Attributes.RUN, run.name())
        .withExtension(Attributes.PARTITION_KEY, run.name());
  }

  private static Response reply(Run run, CloudEvent changed, Keys keys) {
    return Response.reply(
        keys.of(run.name()).map(its -> its.control().sign(changed)).orElse(changed));
  }

  static Response forbidden(String reason) {
    return Response.problem(FORBIDDEN, reason);
  }

  static Response rejected(String reason) {
    return Response.problem(UNPROCESSABLE, reason);
  }

  static Response busy(String reason) {
    return Response.problem(TOO_MANY_REQUESTS, reason);
  }

  static Response late(String reason) {
    return Response.problem(GONE, reason);
  }

  static Response unavailable(Unavailable cause) {
    return unavailable(String.valueOf(cause.getMessage()));
  }

  static Response unavailable(String reason) {
    return Response.problem(UNAVAILABLE, reason);
  }

  /** The answer for several runs: all of them done, or whatever keeps one from it. */
  static Response combined(List<Response> answers) {
    return answers.stream()
        .min(Comparator.comparing(Response::retryable).reversed().thenComparing(Response::success))
        .orElse(Response.accepted());
  }

  static Counters.Outcome outcome(Response response) {
    return switch (response.status()) {
      case FORBIDDEN -> Counters.Outcome.FORBIDDEN;
      case GONE -> Counters.Outcome.LATE;
      case UNPROCESSABLE -> Counters.Outcome.REJECTED;
      case TOO_MANY_REQUESTS, UNAVAILABLE -> Counters.Outcome.DEFERRED;
      default -> Counters.Outcome.ACCEPTED;
    };
  }
}
