package dev.tiphys.functions.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the client that the functions have, and a server that has no objects. */
class ApiTimesTest {
  private final Metrics metrics = new Metrics();
  private HttpListener server;
  private KubernetesClient client;

  @BeforeEach
  void open() throws IOException {
    server =
        HttpListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            exchange -> HttpAnswer.problem(404, "no such object"));
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.address().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("api-times", new ApiTimes(metrics)))
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close(Duration.ZERO);
  }

  @Test
  void tellsThatARequestWasAnswered() throws IOException {
    // When
    client.pods().inNamespace("any").withName("none").get();

    // Then
    assertThat(text())
        .contains("tiphys_api_request_duration_seconds_count{method=\"GET\",status=\"404\"} 1");
  }

  private String text() throws IOException {
    return new String(metrics.scrape().body(), UTF_8);
  }
}
