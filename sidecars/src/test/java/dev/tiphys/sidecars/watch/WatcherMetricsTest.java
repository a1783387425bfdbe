package dev.tiphys.sidecars.watch;

import static dev.tiphys.sidecars.watch.Sample.pod;
import static dev.tiphys.sidecars.watch.Sample.run;
import static dev.tiphys.sidecars.watch.Sample.running;
import static dev.tiphys.sidecars.watch.Sample.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Fixtures;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatcherMetricsTest {
  private final RunWatch watch =
      new RunWatch(new Nowhere(), new NoFinalizers(), pod -> {}, event -> {}, () -> Fixtures.NOW);
  private final HttpClient client = HttpClient.newHttpClient();
  private WatcherMetrics metrics;

  @BeforeEach
  void listen() throws Exception {
    metrics = WatcherMetrics.of(watch, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() {
    metrics.close();
    client.shutdownNow();
  }

  @Test
  @DisplayName("E5: runs are counted by phase")
  void e5RunsAreCountedByPhase() throws Exception {
    // When
    watch.seen(run("one", "Running"));
    watch.seen(run("two", "Running"));
    watch.seen(run("three", "Failed"));
    watch.seen(run("four", null));
    // Then
    assertThat(get("/metrics").body())
        .contains("tiphys_runs{phase=\"Running\"} 2.0")
        .contains("tiphys_runs{phase=\"Failed\"} 1.0")
        .contains("tiphys_runs{phase=\"Pending\"} 1.0");
  }

  @Test
  @DisplayName("E5: instances of active runs are counted by state, those that wait among them")
  void e5InstancesAreCountedByState() throws Exception {
    // Given
    watch.seen(run("coinflip-1", "Running"));
    watch.seen(pod(running("coinflip-1")));
    // When
    watch.seen(pod(withUid("uid-2", waiting("coinflip-1"))));
    watch.seen(pod(withUid("uid-3", waiting("over"))));
    // Then
    assertThat(get("/metrics").body())
        .contains("tiphys_task_instances{state=\"running\"} 1.0")
        .contains("tiphys_task_instances{state=\"pending\"} 1.0")
        .contains("tiphys_task_instances{state=\"gated\"} 0.0");
  }

  @Test
  void thereIsNothingElse() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private static final class Nowhere implements Outlet {
    @Override
    public boolean offer(WatchedRun run, Message message) {
      return true;
    }

    @Override
    public void close(String run) {}
  }

  private static final class NoFinalizers implements Finalizers {
    @Override
    public void release(TaskPod pod) {}

    @Override
    public void releaseOrphan(TaskPod pod) {}
  }

  private static Pod withUid(String uid, Pod pod) {
    return pod.edit().editMetadata().withUid(uid).endMetadata().build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + metrics.address().getPort() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
