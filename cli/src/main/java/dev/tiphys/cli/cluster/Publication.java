package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes to a broker. An event may be tried again, since the same id means the same event.
 *
 * @param address where the broker is, for people
 * @param pause before the second try; doubled before each further one
 * @param proxied whether the API server passes the event on: then a refusal may be its own
 */
record Publication(Subscriber broker, URI address, Duration pause, boolean proxied) {
  private static final int TRIES = 5;
  private static final int FORBIDDEN = 403;

  /** No such broker, or one that does not get to it; 500 may come of this one event. */
  private static final Set<Integer> OF_BROKER = Set.of(404, 408, 429, 502, 503, 504);

  private static final int SAID_LIMIT = 300;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** To the broker itself. */
  Publication(Subscriber broker, URI address) {
    this(broker, address, PAUSE, false);
  }

  /** Through the API server. */
  static Publication proxied(Subscriber broker, URI address) {
    return new Publication(broker, address, PAUSE, true);
  }

  /** What the broker answered, or why it did not. */
  private sealed interface Outcome {
    record Answered(Response response) implements Outcome {}

    record Silent(IOException why) implements Outcome {}

    /** Whether it may be another one the next time. */
    default boolean mayChange() {
      return switch (this) {
        case Answered(Response response) -> response.retryable();
        case Silent _ -> true;
      };
    }
  }

  /** Why an event was not taken. */
  sealed interface Problem {
    /** What is wrong, and what to do, for people. */
    String text();

    /** The next event may be taken. */
    record OfEvent(String text) implements Problem {}

    /** No other event would be taken now. */
    record OfBroker(String text) implements Problem {}
  }

  /** Why the broker did not take the event; empty if it did. */
  Optional<String> of(CloudEvent event) throws InterruptedException {
    return attempt(event).map(Problem::text);
  }

  /** The same, for who has further events. */
  Optional<Problem> attempt(CloudEvent event) throws InterruptedException {
    Duration wait = pause;
    for (int left = TRIES - 1; ; left--) {
      Outcome outcome = deliver(event);
      if (outcome instanceof Outcome.Answered(Response response) && response.success()) {
        return Optional.empty();
      }
      if (left == 0 || !outcome.mayChange()) {
        return Optional.of(problem(outcome));
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private Outcome deliver(CloudEvent event) {
    try {
      return new Outcome.Answered(broker.deliver(event));
    } catch (IOException e) {
      return new Outcome.Silent(e);
    }
  }

  private Problem problem(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Silent(IOException why) -> new Problem.OfBroker(Unreachable.text(address, why));
      case Outcome.Answered(Response response) ->
          OF_BROKER.contains(response.status())
              ? new Problem.OfBroker(refusal(response))
              : new Problem.OfEvent(refusal(response));
    };
  }

  private String refusal(Response answer) {
    String said = Escaped.text(ProblemText.of(answer.problem()), SAID_LIMIT);
    if (answer.status() == FORBIDDEN && proxied) {
      return "you may not publish through the API server (403): "
          + said
          + "\n  post to the broker itself, by --broker-url URL, or from inside the cluster";
    }
    return "the broker does not take the event (" + answer.status() + "): " + said;
  }
}
