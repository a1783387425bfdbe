package dev.tiphys.functions.shell;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
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

/** Measures the API server, request by request; watches are none that it answers. */
final class ApiTimes implements Interceptor {
  /** Requests under way; those whose end nobody tells of are forgotten in the end. */
  private static final int UNDER_WAY_MAX = 1_000;

  private static final int NO_ANSWER = 0;

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

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String query = request.uri().getQuery();
    if (query == null || !query.contains("watch=true")) {
      begun.put(request.id(), System.nanoTime());
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    ended(request, response.code());
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    ended(request, NO_ANSWER);
  }

  private void ended(HttpRequest request, int status) {
    Long since = begun.remove(request.id());
    if (since != null) {
      metrics.called(request.method(), status, Duration.ofNanos(System.nanoTime() - since));
    }
  }
}
