package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunTest {
  private static final Plan SLOW =
      Objects.requireNonNull(
          Compiler.compile(
                  "slow.yaml",
                  """
                  apiVersion: argoproj.io/v1alpha1
                  kind: Workflow
                  metadata: {generateName: slow-}
                  spec:
                    entrypoint: main
                    templates:
                      - name: main
                        container: {image: alpine, command: [sleep, "60"]}
                  """)
              .value());

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path work;

  @Test
  void goesOnWhenSomebodyPostsABeginEventThatBeginsNothing() throws Exception {
    try (LocalRun run = open(0)) {
      // Given
      run.begin(Map.of());

      // When
      post(run, "no JSON");
      while (warnings(run).isEmpty()) {
        Thread.sleep(Duration.ofMillis(10));
      }

      // Then
      assertThat(run.await(Duration.ofMillis(1))).isInstanceOf(Ending.TimedOut.class);
    }
  }

  @Test
  void failsAndSaysWhyWhenItCannotBegin() throws Exception {
    try (LocalRun run = open(0)) {
      // When
      run.begin(Map.of("color", "red"));

      // Then
      assertThat(run.await(DEADLINE)).isEqualTo(new Ending.Complete());
      assertThat(run.summary().orElseThrow().message())
          .isEqualTo("the workflow has no parameter `color`");
    }
  }

  @Test
  void leavesNoFolderBehindWhenItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When // Then
      assertThatThrownBy(() -> open(taken.getLocalPort())).isInstanceOf(IOException.class);
      assertThat(work).isEmptyDirectory();
    }
  }

  private LocalRun open(int port) throws IOException {
    return LocalRun.open(
        SLOW, new LocalRun.Settings(work, false, port, GRACE, System.getenv()), RunListener.NONE);
  }

  private static List<String> warnings(LocalRun run) {
    return run.view().map(RunView::warnings).orElse(List.of());
  }

  private static void post(LocalRun run, String data) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest event =
          HttpRequest.newBuilder(run.address())
              .header("ce-specversion", "1.0")
              .header("ce-id", "1")
              .header("ce-source", "/somebody")
              .header("ce-type", EventTypes.RUN_BEGIN)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(data))
              .build();
      client.send(event, HttpResponse.BodyHandlers.discarding());
    }
  }
}
