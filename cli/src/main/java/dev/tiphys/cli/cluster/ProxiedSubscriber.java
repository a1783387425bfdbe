package dev.tiphys.cli.cluster;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.http.HttpEvents;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Delivers to a Service inside the cluster, through the API server: no port has to be open. */
record ProxiedSubscriber(KubernetesClient client, ServiceAddress address) implements Subscriber {
  private static final String CONTENT_TYPE = "content-type";

  /** The channel-based broker answers when every Trigger's delivery has ended. */
  private static final int ANSWER_SECONDS = 60;

  @Override
  public Response deliver(CloudEvent event) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    byte[] data =
        HttpEvents.write(event, (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String type = headers.remove(CONTENT_TYPE);
    HttpClient http = client.getHttpClient();
    HttpRequest.Builder request =
        http.newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl().toString()).resolve(address.proxyPath()))
            // of an event without a content type nobody must say one: it would be another event
            .post(type, data);
    headers.forEach(request::setHeader);
    HttpResponse<byte[]> answer = send(http, request.build());
    return answer.isSuccessful()
        ? new Response(answer.code(), null, "")
        : Response.problem(answer.code(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static HttpResponse<byte[]> send(HttpClient http, HttpRequest request)
      throws IOException {
    try {
      return http.sendAsync(request, byte[].class).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + ANSWER_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
