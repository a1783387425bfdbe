package dev.tiphys.triggers.http;

import static dev.tiphys.triggers.contract.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How answers are understood: as a Knative broker understands them. */
class HttpSubscriberTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Map<String, String> EVENT_HEADERS =
      Map.of("Ce-Specversion", "1.0", "Ce-Id", "2", "Ce-Source", "/f", "Ce-Type", "counted");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() {
    server = BareServer.at(InetAddress.getLoopbackAddress());
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  @Test
  void postsInBinaryMode() throws IOException {
    // Given
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byte[][] body = new byte[1][];
    serve(
        exchange -> {
          exchange.getRequestHeaders().forEach((k, v) -> headers.put(k, v.getFirst()));
          body[0] = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    CloudEvent event = Events.builder("coin", "1").withSubject("zwei W\u00f6rter").build();

    // When
    Response response = subscriber(TIMEOUT).deliver(event);

    // Then
    assertThat(response).isEqualTo(Response.accepted());
    assertThat(headers)
        .containsEntry("ce-id", "1")
        .containsEntry("ce-type", "coin")
        .containsEntry("ce-subject", "zwei%20W%C3%B6rter")
        .containsEntry("content-type", "application/json");
    assertThat(body[0]).isEqualTo(Objects.requireNonNull(event.getData()).toBytes());
  }

  @Test
  void anEventInTheAnswerIsAReply() throws IOException {
    answer(200, EVENT_HEADERS, "3");

    Response response = deliver();

    assertThat(response.success()).isTrue();
    assertThat(Objects.requireNonNull(response.reply()).getType()).isEqualTo("counted");
  }

  @Test
  void aReplyMayBeStructured() throws IOException {
    answer(
        200,
        Map.of("Content-Type", "application/cloudevents+json"),
        "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/f\",\"type\":\"counted\"}");

    assertThat(Objects.requireNonNull(deliver().reply()).getType()).isEqualTo("counted");
  }

  @Test
  void anythingElseInASuccessCountsAs502() throws IOException {
    answer(200, Map.of("Content-Type", "text/plain"), "OK");

    assertThat(deliver()).matches(r -> r.status() == 502 && r.retryable() && r.reply() == null);
  }

  @Test
  void aMalformedReplyCountsAs502() throws IOException {
    answer(200, Map.of("Ce-Specversion", "1.0", "Ce-Id", "2"), "");

    assertThat(deliver()).matches(r -> r.status() == 502 && r.reply() == null);
  }

  @Test
  void aRefusalKeepsItsStatusAndItsReason() throws IOException {
    answer(400, Map.of(), "no such plan");

    assertThat(deliver()).isEqualTo(Response.problem(400, "no such plan"));
  }

  @Test
  void aRefusalIsNoReplyWhateverItsHeaders() throws IOException {
    answer(503, EVENT_HEADERS, "full");

    assertThat(deliver()).matches(r -> r.reply() == null && r.retryable());
  }

  @Test
  void followsNoRedirect() throws IOException {
    answer(307, Map.of("Location", "/"), "");

    assertThat(deliver()).matches(r -> r.status() == 307 && !r.success() && !r.retryable());
  }

  @Test
  void nobodyThereIsNoAnswer() {
    server.stop(0);

    assertThatThrownBy(this::deliver).isInstanceOf(IOException.class);
  }

  @Test
  void anAnswerThatIsTooLargeIsNone() throws IOException {
    answer(200, Map.of(), "x".repeat(HttpSubscriber.MAX_ANSWER_BYTES + 1));

    assertThatThrownBy(this::deliver).isInstanceOf(IOException.class);
  }

  @Test
  void anAnswerThatComesTooLateIsNone() {
    // Given: headers in time, but never an end of the body
    CountDownLatch release = new CountDownLatch(1);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          try {
            boolean _ = release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            exchange.close();
          }
        });

    // When, Then
    assertThatThrownBy(() -> subscriber(Duration.ofMillis(200)).deliver(event("coin", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answer within");
    release.countDown();
  }

  private Response deliver() throws IOException {
    return subscriber(TIMEOUT).deliver(event("coin", "1"));
  }

  private HttpSubscriber subscriber(Duration timeout) {
    return new HttpSubscriber(
        client,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/start"),
        timeout);
  }

  private void serve(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private void answer(int status, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    serve(
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }
}
