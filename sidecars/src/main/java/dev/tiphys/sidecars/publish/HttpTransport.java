package dev.tiphys.sidecars.publish;

import dev.tiphys.triggers.http.HttpEvents;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Posts events to an HTTP address in binary mode. */
public final class HttpTransport implements Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Long, since a sink slows its publishers down by answering late, and a function may have to be
   * started first; short enough for a second try within the grace period of a pod, when a broker
   * has gone without a word.
   */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final HttpRequest template;
  private final Token token;

  private HttpTransport(HttpClient client, HttpRequest template, Token token) {
    this.client = client;
    this.template = template;
    this.token = token;
  }

  /** To a sink that asks for no token; all of them share one client and its connections. */
  public static HttpTransport to(URI sink) {
    return to(sink, Token.NONE);
  }

  /** To a sink that is shown the token with each event. */
  public static HttpTransport to(URI sink, Token token) {
    HttpRequest template =
        HttpRequest.newBuilder(sink).timeout(REQUEST_TIMEOUT).POST(BodyPublishers.noBody()).build();
    return new HttpTransport(Shared.CLIENT, template, token);
  }

  @Override
  public int post(CloudEvent event) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(template, (name, value) -> true);
    request.POST(BodyPublishers.ofByteArray(HttpEvents.write(event, request::setHeader)));
    String bearer = token.now();
    if (!bearer.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + bearer);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** Opened by the first who needs it. */
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }
}
