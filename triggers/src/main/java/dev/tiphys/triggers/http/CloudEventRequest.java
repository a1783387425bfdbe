package dev.tiphys.triggers.http;

import com.sun.net.httpserver.HttpExchange;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a request to a server of the project brings: an event, or the reason why it is none. A
 * refusal names what is wrong and never repeats what was sent.
 */
public sealed interface CloudEventRequest {
  /** How much of a body that is too long is read and thrown away, so that the answer arrives. */
  long MAX_DISCARDED_BYTES = 16L << 20;

  /** The request is a valid event. */
  record Event(CloudEvent event) implements CloudEventRequest {}

  /** It is none, and this is to be answered. */
  record Refused(HttpAnswer answer) implements CloudEventRequest {}

  /**
   * Reads a request.
   *
   * @param maxBodyBytes a longer body is refused with 413, whatever is in it
   * @throws IOException if the client has gone
   */
  static CloudEventRequest read(HttpExchange exchange, int maxBodyBytes) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Refused(HttpAnswer.methodNotAllowed("POST"));
    }
    if (declaredLength(exchange) > (long) maxBodyBytes + MAX_DISCARDED_BYTES) {
      return tooLarge(maxBodyBytes); // at once: it may never come
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(maxBodyBytes);
    if (body.length == maxBodyBytes && in.read() >= 0) {
      discard(in);
      return tooLarge(maxBodyBytes);
    }
    return switch (HttpEvents.read(exchange.getRequestHeaders(), body)) {
      case Received.Event(CloudEvent event) -> new Event(event);
      case Received.Other() ->
          refused(
              400,
              "not a CloudEvent: neither a header ce-specversion nor content type"
                  + " application/cloudevents+json");
      case Received.Malformed(int status, String detail) -> refused(status, detail);
    };
  }

  private static Refused tooLarge(int maxBodyBytes) {
    return refused(413, "a body of at most " + maxBodyBytes + " bytes is taken");
  }

  /** As the client says; 0 where it says nothing, or no number. */
  private static long declaredLength(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  private static Refused refused(int status, String detail) {
    return new Refused(HttpAnswer.problem(status, detail));
  }

  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    long discarded = 0;
    int n = 0;
    while (n >= 0 && discarded < MAX_DISCARDED_BYTES) {
      n = in.read(buffer);
      discarded += n;
    }
  }
}
