package dev.tiphys.triggers.contract;

import dev.tiphys.triggers.http.HttpEvents;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Publishes as a sidecar does: by POST to the broker's address. */
public final class HttpPublisher implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI ingress;

  public HttpPublisher(URI ingress) {
    this.ingress = ingress;
  }

  /** Publishes in binary mode; gives the status. */
  public int post(CloudEvent event) throws IOException, InterruptedException {
    return client.send(binary(event), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Likewise, without waiting. */
  public CompletableFuture<Integer> postAsync(CloudEvent event) {
    return client
        .sendAsync(binary(event), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  /** Publishes in structured mode; gives the status. */
  public int postStructured(CloudEvent event) throws IOException, InterruptedException {
    byte[] json =
        Objects.requireNonNull(
                EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE))
            .serialize(event);
    HttpRequest request =
        request()
            .header("Content-Type", JsonFormat.CONTENT_TYPE + "; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest binary(CloudEvent event) {
    HttpRequest.Builder request = request();
    byte[] data = HttpEvents.write(event, request::setHeader);
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(data)).build();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(ingress).version(HttpClient.Version.HTTP_1_1).timeout(TIMEOUT);
  }

  @Override
  public void close() {
    client.close();
  }
}
