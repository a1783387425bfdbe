package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Publishes to a broker. An event may be tried again, since the same id means the same event.
 *
 * @param pause before the second try; doubled before each further one
 */
record Publication(Subscriber broker, Duration pause) {
  private static final int TRIES = 5;
  private static final int FORBIDDEN = 403;
  private static final int SAID_LIMIT = 300;
  private static final Duration PAUSE = Duration.ofMillis(500);

  Publication(Subscriber broker) {
    this(broker, PAUSE);
  }

  /** Why the broker did not take the event; empty if it did. */
  Optional<String> of(CloudEvent event) throws InterruptedException {
    Duration wait = pause;
    for (int left = TRIES - 1; ; left--) {
      Response answer = deliver(event);
      if (answer.success()) {
        return Optional.empty();
      }
      if (left == 0 || !answer.retryable()) {
        return Optional.of(problem(answer));
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private Response deliver(CloudEvent event) {
    try {
      return broker.deliver(event);
    } catch (IOException e) {
      return Response.problem(Integer.MAX_VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static String problem(Response answer) {
    String said = Escaped.text(answer.problem().strip(), SAID_LIMIT);
    return switch (answer.status()) {
      case Integer.MAX_VALUE -> "the broker does not answer: " + said;
      case FORBIDDEN ->
          "you may not publish there, or not through the API server (403): "
              + said
              + "\n  post to the broker itself, by --broker-url URL, or from inside the cluster";
      default -> "the broker does not take the event (" + answer.status() + "): " + said;
    };
  }
}
