package dev.tiphys.triggers.http;

import dev.tiphys.triggers.broker.Subscriber;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to an HTTP address in binary mode. A CloudEvent in a 2xx answer is a reply; an empty
 * body is none; anything else in it counts as 502, as with a Knative broker.
 */
public final class HttpSubscriber implements Subscriber {
  /** What an answer's body may hold, in bytes; an answer with more counts as none. */
  static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final int BAD_GATEWAY = 502;

  private final HttpClient client;
  private final URI address;
  private final Duration timeout;
  private final @Nullable String token;

  /**
   * A Subscriber at the address.
   *
   * @param client shared by all; follows no redirects, as a broker does not
   * @param timeout for the whole exchange; after it the delivery counts as unanswered
   */
  public HttpSubscriber(HttpClient client, URI address, Duration timeout) {
    this(client, address, timeout, null);
  }

  private HttpSubscriber(HttpClient client, URI address, Duration timeout, @Nullable String token) {
    this.client = client;
    this.address = address;
    this.timeout = timeout;
    this.token = token;
  }

  /** The same, with a bearer token that is shown with each event. */
  public HttpSubscriber withToken(String bearer) {
    return new HttpSubscriber(client, address, timeout, bearer);
  }

  @Override
  public Response deliver(CloudEvent event) throws IOException {
    HttpResponse<byte[]> answer = send(request(event));
    return answer.statusCode() / 100 == 2
        ? accepted(answer)
        : Response.problem(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpRequest request(CloudEvent event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).version(HttpClient.Version.HTTP_1_1);
    byte[] data = HttpEvents.write(event, request::setHeader);
    if (token != null) {
      request.setHeader("Authorization", "Bearer " + token);
    }
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(data)).build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      // a request's own timeout would end with the headers
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + timeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static Response accepted(HttpResponse<byte[]> answer) {
    return switch (HttpEvents.read(answer.headers().map(), answer.body())) {
      case Received.Event(CloudEvent reply) -> new Response(answer.statusCode(), reply, "");
      case Received.Other() when answer.body().length == 0 ->
          new Response(answer.statusCode(), null, "");
      case Received.Other() ->
          Response.problem(BAD_GATEWAY, "the answer is neither empty nor a CloudEvent");
      case Received.Malformed(int status, String detail) ->
          Response.problem(BAD_GATEWAY, "the reply is " + detail);
    };
  }
}
