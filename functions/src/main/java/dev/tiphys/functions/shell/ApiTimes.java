package dev.tiphys.functions.shell;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Measures the API server, request by request; watches are none that it answers. What it does not
 * answer is told by the events that are deferred: the client calls nobody then that tries nothing
 * twice.
 */
final class ApiTimes implements Interceptor {
  /** Requests under way; those that get no answer are forgotten in the end. */
  private static final int UNDER_WAY_MAX = 1_000;

  private final Metrics metrics;
  private final Map<UUID, Long> begun =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
              return size() > UNDER_WAY_MAX;
            }
          });

  ApiTimes(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Called for what is about to be sent: before that, a request has another id. */
  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    String query = request.uri().getQuery();
    if (query == null || !query.contains("watch=true")) {
      begun.put(request.id(), System.nanoTime());
    }
    return consumer;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    Long since = begun.remove(request.id());
    if (since != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - since);
      metrics.called(request.method(), response.code(), took);
    }
  }
}
