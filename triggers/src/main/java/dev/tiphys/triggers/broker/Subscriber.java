package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a Trigger delivers to: an HTTP endpoint, or a function in the same process. */
@FunctionalInterface
public interface Subscriber {
  /**
   * Delivers one event and waits for the answer.
   *
   * @throws IOException if there was no answer; it is retried like a 5xx
   */
  Response deliver(CloudEvent event) throws IOException;

  /**
   * A Subscriber's answer, with HTTP's status codes.
   *
   * @param reply on a 2xx: an event to publish; null: none
   * @param problem on anything else: what went wrong; kept with a dead-lettered event
   */
  record Response(int status, @Nullable CloudEvent reply, String problem) {
    private static final int ACCEPTED = 202;

    /** Accepted, and nothing to publish. */
    public static Response accepted() {
      return new Response(ACCEPTED, null, "");
    }

    /** Accepted, with an event to publish. */
    public static Response reply(CloudEvent event) {
      return new Response(ACCEPTED, event, "");
    }

    /** Refused. */
    public static Response problem(int status, String problem) {
      return new Response(status, null, problem);
    }

    /** Whether the event was taken. */
    public boolean success() {
      return status >= 200 && status < 300;
    }

    /** Whether the event is to be delivered again, by the rules of Knative. */
    public boolean retryable() {
      return status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
    }
  }
}
