package dev.tiphys.triggers.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to an HTTP request. It holds what its maker puts in and nothing of the request: a
 * Knative broker takes any 2xx with {@code ce-specversion} for an event to publish, so that an echo
 * would be a loop.
 *
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket, never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  private static final byte[] NO_BODY = {};
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER_SECONDS = "1";
  private static final int LENGTH_OF_NO_BODY = -1;

  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** No header and no body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), NO_BODY);
  }

  /** 200 with an event in binary mode, which a broker publishes. */
  public static HttpAnswer event(CloudEvent event) {
    Map<String, String> headers = new HashMap<>();
    byte[] data = HttpEvents.write(event, headers::put);
    return new HttpAnswer(OK, headers, data);
  }

  /** A problem document (RFC 9457); the title is the status's own. */
  public static HttpAnswer problem(int status, String detail) {
    ObjectNode problem = Json.mapper().createObjectNode();
    problem.put("type", "about:blank");
    problem.put("title", title(status));
    problem.put("status", status);
    problem.put("detail", detail);
    Map<String, String> headers = Map.of("content-type", "application/problem+json");
    return new HttpAnswer(status, headers, Json.write(problem).getBytes(StandardCharsets.UTF_8));
  }

  /** 405; the allowed method is named in {@code Allow}. */
  public static HttpAnswer methodNotAllowed(String allowed) {
    return problem(METHOD_NOT_ALLOWED, "only " + allowed + " is answered here")
        .with("allow", allowed);
  }

  /** 401: a bearer token is needed, or another one (RFC 6750). */
  public static HttpAnswer unauthorized(String detail) {
    return problem(UNAUTHORIZED, detail).with("www-authenticate", "Bearer");
  }

  /** 503: it was not taken, and may be later. */
  public static HttpAnswer unavailable(String detail) {
    return problem(UNAVAILABLE, detail).with("retry-after", RETRY_AFTER_SECONDS);
  }

  private HttpAnswer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new HttpAnswer(status, more, body);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case UNAUTHORIZED -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case METHOD_NOT_ALLOWED -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case UNAVAILABLE -> "Service Unavailable";
      default -> status < 500 ? "Request Refused" : "Server Error";
    };
  }

  /**
   * Sends it and ends the exchange.
   *
   * @throws IOException if the client has gone
   */
  public void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, LENGTH_OF_NO_BODY);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }
}
