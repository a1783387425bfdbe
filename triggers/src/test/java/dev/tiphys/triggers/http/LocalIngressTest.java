package dev.tiphys.triggers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page in a browser on this machine can do to a broker on its loopback: nothing. */
class LocalIngressTest {
  private static final int SOCKET_MS = 10_000;

  private final List<CloudEvent> published = Collections.synchronizedList(new ArrayList<>());
  private HttpIngress ingress;

  @BeforeEach
  void open() throws IOException {
    ingress = open(Set.of("Laptop.example"), HttpIngress.Gate.OPEN);
  }

  @AfterEach
  void close() {
    ingress.close();
  }

  private HttpIngress open(Set<String> names, HttpIngress.Gate gate) throws IOException {
    return HttpIngress.start(
        event -> {
          published.add(event);
          return CompletableFuture.completedFuture(null);
        },
        new HttpIngress.Options(0, HttpIngress.MAX_BODY_BYTES, HttpIngress.DEADLINE, names),
        gate);
  }

  @ParameterizedTest
  @DisplayName("A2: a request for this machine is taken")
  @ValueSource(
      strings = {
        "127.0.0.1:PORT",
        "localhost:PORT",
        "LocalHost:PORT",
        "[::1]:PORT",
        "laptop.example:PORT",
      })
  void takesWhatIsForThisMachine(String host) throws IOException {
    assertThat(post("/", "Host: " + host)).startsWith("HTTP/1.1 202");
  }

  @ParameterizedTest
  @DisplayName("A2: a Host that is not this machine is refused")
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:PORT.evil.example",
        "127.0.0.1.evil.example:PORT",
        "localhost.evil.example:PORT",
        "user@localhost:PORT",
        "evil.example, localhost:PORT",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "localhost.:PORT",
        "::1:PORT",
      })
  void refusesAnotherHost(String host) throws IOException {
    // When
    String answer = post("/", "Host: " + host);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A2: a request without one Host is refused")
  @CsvSource({
    "HTTP/1.0, X-Any: 1",
    "HTTP/1.1, X-Any: 1",
    "HTTP/1.1, 'Host: '",
    "HTTP/1.1, 'Host: localhost:PORT\r\nHost: evil.example'",
  })
  void refusesARequestWithoutOneHost(String version, String headers) throws IOException {
    assertThat(send("POST / " + version, headers)).startsWith("HTTP/1.1 400");
    assertThat(published).isEmpty();
  }

  @Test
  @DisplayName("A2: a target that names another host is refused, whatever Host says")
  void refusesATargetOfAnotherHost() throws IOException {
    assertThat(post("http://evil.example/", "Host: localhost:PORT")).startsWith("HTTP/1.1 403");
    assertThat(post("http://localhost:PORT/", "Host: localhost:PORT")).startsWith("HTTP/1.1 202");
  }

  @ParameterizedTest
  @DisplayName("A2: an Origin of another site is refused")
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://evil.example:PORT",
        "null",
        "http://localhost",
        "http://localhost:1",
        "https://localhost:PORT",
        "http://localhost:PORT.evil.example",
        "http://localhost:PORT http://evil.example",
        "http://localhost:PORT\r\nOrigin: http://evil.example",
        "file://",
        "",
      })
  void refusesAnotherOrigin(String origin) throws IOException {
    // When
    String answer = post("/", "Host: localhost:PORT\r\nOrigin: " + origin);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A2: an Origin of this server is fine")
  @ValueSource(strings = {"http://localhost:PORT", "http://127.0.0.1:PORT", "http://[::1]:PORT"})
  void takesItsOwnOrigin(String origin) throws IOException {
    assertThat(post("/", "Host: localhost:PORT\r\nOrigin: " + origin)).startsWith("HTTP/1.1 202");
  }

  @Test
  @DisplayName("A2: a preflight gets no permission")
  void permitsNoPreflight() throws IOException {
    // When
    String answer =
        send(
            "OPTIONS / HTTP/1.1",
            String.join(
                "\r\n",
                "Host: localhost:PORT",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: ce-type"));

    // Then
    assertThat(answer).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control");
  }

  @Test
  @DisplayName("A2: what a page can post without a preflight is no event")
  void takesNoSimpleRequest() throws IOException {
    // Given
    String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}";
    // When
    String answer =
        exchange(
            "POST / HTTP/1.1",
            "Host: localhost:PORT\r\nContent-Type: text/plain\r\nContent-Length: " + event.length(),
            event);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void anEventThatTheGateRefusesIsAnsweredAndNotPublished(int status) throws IOException {
    // Given
    ingress.close();
    ingress =
        open(
            Set.of(),
            event ->
                event.getType().equals("coin")
                    ? Optional.of(HttpAnswer.problem(status, "no coins"))
                    : Optional.empty());

    // When
    String answer = post("/", "Host: localhost:PORT");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith("\"detail\":\"no coins\"}");
    assertThat(published).isEmpty();
  }

  // Set-up

  /** A valid event; what a client of ours would not let through, a socket does. */
  private String post(String target, String headers) throws IOException {
    return send("POST " + target + " HTTP/1.1", headers);
  }

  private String send(String line, String headers) throws IOException {
    return exchange(
        line,
        headers
            + "\r\nce-specversion: 1.0\r\nce-id: 1\r\nce-source: /s\r\nce-type: coin"
            + "\r\nContent-Length: 0",
        "");
  }

  private String exchange(String line, String headers, String body) throws IOException {
    int port = ingress.uri().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SOCKET_MS);
      String head = line + "\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write((head.replace("PORT", Integer.toString(port)) + body).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
