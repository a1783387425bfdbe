package dev.tiphys.sidecars.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Conditions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopNoticeTest {
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicInteger second = new AtomicInteger();

  @Test
  void passesTheStopOnToItsPeers() throws Exception {
    // Given
    try (StopNotice peer = StopNotice.listen(List.of(0), second::incrementAndGet);
        StopNotice own = StopNotice.listen(List.of(0, peer.port()), first::incrementAndGet)) {
      // When
      int status = get(own.port(), "/stopping");
      Conditions.await(() -> second.get() == 1);
      // Then
      assertThat(status).isEqualTo(200);
      assertThat(first).hasValue(1);
    }
  }

  @Test
  void nothingElseIsAStop() throws Exception {
    // Given
    try (StopNotice own = StopNotice.listen(List.of(0), first::incrementAndGet)) {
      // When
      int status = get(own.port(), "/");
      // Then
      assertThat(status).isEqualTo(404);
      assertThat(first).hasValue(0);
    }
  }

  private static int get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
