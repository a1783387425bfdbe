package dev.tiphys.sidecars.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Conditions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopNoticeTest {
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicInteger second = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void passesTheStopOnToItsPeers() throws Exception {
    // Given
    try (StopNotice peer = StopNotice.listen(List.of(0), null, second::incrementAndGet);
        StopNotice own = StopNotice.listen(List.of(0, peer.port()), null, first::incrementAndGet)) {
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
    try (StopNotice own = StopNotice.listen(List.of(0), null, first::incrementAndGet)) {
      // When
      int status = get(own.port(), "/");
      // Then
      assertThat(status).isEqualTo(404);
      assertThat(first).hasValue(0);
    }
  }

  @Test
  @DisplayName("B8: that the pod is being ended is no stop by Tiphys")
  void whoeverEndsThePodStopsNothing() throws Exception {
    // Given
    Path file = Files.createFile(folder.resolve("why"));
    try (StopNotice own = StopNotice.listen(List.of(0), file, first::incrementAndGet)) {
      // When
      int status = get(own.port(), "/stopping");
      // Then
      assertThat(status).isEqualTo(200);
      assertThat(first).hasValue(0);
      assertThat(own.exitCode(true)).isEqualTo(Program.DISRUPTED);
      assertThat(own.exitCode(false)).isEqualTo(Program.FAILED);
    }
  }

  @Test
  @DisplayName("B8: the file is a stop, whether the kubelet says something or not")
  void theFileIsAStop() throws Exception {
    // Given
    Path file = Files.createFile(folder.resolve("why"));
    try (StopNotice own = StopNotice.listen(List.of(0), file, first::incrementAndGet)) {
      // When
      Files.writeString(file, "stopped by an event");
      Conditions.await(() -> first.get() == 1);
      // Then
      assertThat(get(own.port(), "/stopping")).isEqualTo(200);
      assertThat(own.exitCode(true)).isEqualTo(Program.OK);
      assertThat(first).hasValueGreaterThanOrEqualTo(1);
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
