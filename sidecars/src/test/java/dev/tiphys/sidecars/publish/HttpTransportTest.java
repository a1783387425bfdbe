package dev.tiphys.sidecars.publish;

import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.contract;
import static dev.tiphys.sidecars.publish.Fixtures.emission;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.triggers.http.HttpIngress;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
  private final List<CloudEvent> received = new CopyOnWriteArrayList<>();
  private final List<List<String>> shown = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server = server();

  @BeforeEach
  void startServer() {
    server = server();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void postsEventsInBinaryModeUntilTheServerHasTakenThem() throws Exception {
    // Given
    URI sink = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/default");
    Contract contract = contract(sink);
    Publisher publisher =
        Publisher.start(contract, "stdout", HttpTransport.to(sink), Surroundings.real());
    // When
    publisher.publish(emission(1));
    publisher.publish(emission(2));
    publisher.end();
    await(publisher.done());
    // Then
    assertThat(requests).hasValue(4);
    assertThat(received)
        .extracting(CloudEvent::getId)
        .containsExactly(
            "uid-7/watcher/stdout/1", "uid-7/watcher/stdout/2", "uid-7/watcher/stdout/end");
    assertThat(new String(data(received.get(1)), StandardCharsets.UTF_8)).isEqualTo("{\"n\":2}");
  }

  @ParameterizedTest
  @DisplayName("C2: types and labels arrive as they are")
  @ValueSource(
      strings = {
        "gr\u00f6\u00dfe",
        "Z\u00fcrich",
        "a%41b",
        "50%20off",
        "two words",
        " \"quoted\" ",
        "\u20ac \ud83d\ude00",
      })
  void typesAndLabelsArriveAsTheyAre(String value) throws Exception {
    // Given
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/s"))
            .withType(value)
            .withExtension("shift", value)
            .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
            .build();
    List<CloudEvent> published = new CopyOnWriteArrayList<>();
    try (HttpIngress ingress =
        HttpIngress.start(
            arrived -> {
              published.add(arrived);
              return CompletableFuture.completedFuture(null);
            },
            HttpIngress.Options.DEFAULT)) {
      // When
      int status = HttpTransport.to(ingress.uri()).post(event);
      // Then
      assertThat(status).isEqualTo(202);
      assertThat(published).containsExactly(event);
    }
  }

  @Test
  void showsTheTokenAsItIsAtEachTry() throws Exception {
    // Given
    URI sink = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/default");
    AtomicInteger renewed = new AtomicInteger();
    Transport transport = HttpTransport.to(sink, () -> "token-" + renewed.incrementAndGet());
    Publisher publisher = Publisher.start(contract(sink), "stdout", transport, Surroundings.real());
    // When
    publisher.end();
    await(publisher.done());
    // Then
    assertThat(shown).containsExactly(List.of("Bearer token-1"), List.of("Bearer token-2"));
  }

  @Test
  void showsNoTokenWhereNoneIsAskedFor() throws Exception {
    // Given
    URI sink = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/default");
    Publisher publisher =
        Publisher.start(contract(sink), "stdout", HttpTransport.to(sink), Surroundings.real());
    // When
    publisher.end();
    await(publisher.done());
    // Then
    assertThat(shown).containsOnly(List.of());
  }

  private static byte[] data(CloudEvent event) {
    return Objects.requireNonNull(event.getData()).toBytes();
  }

  /** Fails at first, as a server does that is not ready. */
  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    shown.add(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    if (requests.incrementAndGet() == 1) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      received.add(
          HttpMessageFactory.createReaderFromMultimap(exchange.getRequestHeaders(), body)
              .toEvent());
      exchange.sendResponseHeaders(202, -1);
    }
    exchange.close();
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
