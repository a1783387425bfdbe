package dev.tiphys.triggers.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a publisher is answered. */
class HttpIngressTest {
  private static final int LIMIT = 2_000;
  private static final Map<String, String> BINARY =
      Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/test", "ce-type", "coin");
  private static final Map<String, String> STRUCTURED =
      Map.of("Content-Type", "application/cloudevents+json");

  private final List<CloudEvent> published = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpIngress ingress = start(this::take);

  private CompletableFuture<Void> take(CloudEvent event) {
    published.add(event);
    return CompletableFuture.completedFuture(null);
  }

  @AfterEach
  void close() {
    ingress.close();
    client.close();
  }

  @Test
  void acceptsBinaryModeWithNamesInAnyCase() throws Exception {
    HttpResponse<String> answer =
        post(
            Map.of("CE-SpecVersion", "1.0", "Ce-Id", "1", "cE-SOURCE", "/test", "CE-TYPE", "coin"),
            BodyPublishers.ofString("heads"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(published.getFirst().getType()).isEqualTo("coin");
  }

  @Test
  void refusesABodyThatIsFarTooLargeBeforeItComes() throws Exception {
    // Given
    String head =
        """
        POST / HTTP/1.1
        Host: 127.0.0.1:%d
        Content-Type: text/plain
        Content-Length: 99999999999

        """
            .formatted(ingress.uri().getPort());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingress.uri().getPort())) {
      socket.setSoTimeout(5_000);
      // When
      socket
          .getOutputStream()
          .write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      // Then
      assertThat(HalfSent.statusLine(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void acceptsStructuredModeWithAnyParameters() throws Exception {
    HttpResponse<String> answer =
        post(
            Map.of("Content-Type", "Application/CloudEvents+JSON ; charset=UTF-8"),
            BodyPublishers.ofString(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"coin\","
                    + "\"data\":{\"content\":\"heads\"}}"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(published.getFirst().getId()).isEqualTo("1");
  }

  @Test
  void decodesAttributes() throws Exception {
    post(with("ce-subject", "%E2%82%AC%20100%25"), BodyPublishers.noBody());

    assertThat(published.getFirst().getSubject()).isEqualTo("\u20ac 100%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "namespace/broker", "namespace/broker/"})
  void acceptsABrokersPath(String path) throws Exception {
    assertThat(send("POST", path, BINARY, BodyPublishers.noBody()).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"favicon.ico", "a/b/c"})
  void knowsNoOtherPath(String path) throws Exception {
    assertThat(send("POST", path, BINARY, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-id", "ce-source", "ce-type"})
  void refusesAnEventWithoutARequiredAttribute(String missing) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>(BINARY);
    headers.remove(missing);

    HttpResponse<String> answer = post(headers, BodyPublishers.ofString("data"));

    assertThat(problem(answer, 400).get("detail").textValue()).contains(missing);
  }

  @ParameterizedTest
  @CsvSource({
    "ce-specversion, 2.0",
    "ce-specversion, one",
    "ce-source, not a uri",
    "ce-time, yesterday",
    "ce-subject, two%0Alines",
    "ce-not-a-name, x",
    "ce-id, ''",
  })
  void refusesAnEventWithABadAttribute(String name, String value) throws Exception {
    problem(post(with(name, value), BodyPublishers.noBody()), 400);
  }

  @Test
  void refusesAnAttributeGivenTwice() throws Exception {
    HttpRequest.Builder request = request("POST", "", BINARY, BodyPublishers.noBody());

    problem(
        client.send(
            request.header("ce-type", "other").build(), HttpResponse.BodyHandlers.ofString()),
        400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{}",
        "{\"specversion\":\"1.0\",\"source\":\"/test\",\"type\":\"coin\"}",
        "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/test\",\"type\":\"coin\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"coin\"",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"coin\"} more",
        "{\"specversion\":\"9\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"coin\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"coin\",\"BAD\":1}",
        "{\"specversion\":\"1.0\",\"id\":\"a\\nb\",\"source\":\"/test\",\"type\":\"coin\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/t\",\"type\":\"c\",\"data_base64\":\"%\"}",
      })
  void refusesJsonThatIsNoEvent(String json) throws Exception {
    problem(post(STRUCTURED, BodyPublishers.ofString(json)), 400);
  }

  @Test
  void refusesWhatIsNoEventAtAll() throws Exception {
    problem(post(Map.of("Content-Type", "application/json"), BodyPublishers.ofString("{}")), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents-batch+json",
        "application/cloudevents+xml",
        "application/cloudevents"
      })
  void refusesFormatsThatItDoesNotKnow(String contentType) throws Exception {
    problem(post(with("Content-Type", contentType), BodyPublishers.ofString("[]")), 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD"})
  void takesPostsOnly(String method) throws Exception {
    HttpResponse<String> answer = send(method, "", BINARY, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertThat(published).isEmpty();
  }

  @Test
  void acceptsABodyOfExactlyTheLimit() throws Exception {
    HttpResponse<String> answer = post(BINARY, BodyPublishers.ofByteArray(new byte[LIMIT]));

    assertThat(answer.statusCode()).isEqualTo(202);
  }

  @Test
  void refusesALargerBodyWhoseLengthIsTold() throws Exception {
    problem(post(BINARY, BodyPublishers.ofByteArray(new byte[LIMIT + 1])), 413);
  }

  @Test
  void refusesALargerBodyWhoseLengthIsNotTold() throws Exception {
    problem(
        post(
            BINARY,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100 * LIMIT]))),
        413);
    assertThat(published).isEmpty();
  }

  @Test
  void echoesNoRequestHeader() throws Exception {
    for (String id : List.of("1", "")) {
      HttpResponse<String> answer =
          post(with("ce-id", id, "Authorization", "secret", "X-Any", "secret"), noBody());

      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("ce-") || name.startsWith("x-"));
      assertThat(answer.headers().map().toString() + answer.body()).doesNotContain("secret");
    }
  }

  @Test
  void sendsPublishersAwayWhenThereIsNoRoomInTime() throws Exception {
    // Given
    CompletableFuture<Void> never = new CompletableFuture<>();
    restart(event -> never, Duration.ofMillis(50));

    // When
    HttpResponse<String> answer = post(BINARY, noBody());

    // Then
    problem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(never).isCancelled();
  }

  @Test
  void saysSoWhenTheBrokerTakesNothing() throws Exception {
    // Given
    restart(
        event -> CompletableFuture.failedFuture(new IllegalStateException("closed")),
        HttpIngress.DEADLINE);

    // When
    HttpResponse<String> answer = post(BINARY, noBody());

    // Then
    problem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void survivesAFaultOfTheBroker() throws Exception {
    // Given
    restart(
        event -> {
          throw new IllegalStateException("a fault");
        },
        HttpIngress.DEADLINE);

    // When, Then
    problem(post(BINARY, noBody()), 500);
  }

  // Set-up

  private static BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }

  private static HttpIngress start(Broker broker) {
    return start(broker, HttpIngress.DEADLINE);
  }

  private static HttpIngress start(Broker broker, Duration deadline) {
    try {
      return HttpIngress.start(broker, new HttpIngress.Options(0, LIMIT, deadline));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void restart(Broker broker, Duration deadline) {
    ingress.close();
    ingress = start(broker, deadline);
  }

  private static Map<String, String> with(String... namesAndValues) {
    Map<String, String> headers = new LinkedHashMap<>(BINARY);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  private HttpResponse<String> post(Map<String, String> headers, BodyPublisher body)
      throws IOException, InterruptedException {
    return send("POST", "", headers, body);
  }

  private HttpResponse<String> send(
      String method, String path, Map<String, String> headers, BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(
        request(method, path, headers, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(
      String method, String path, Map<String, String> headers, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ingress.uri().resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, body);
    headers.forEach(request::header);
    return request;
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("title").textValue()).isNotBlank();
    return problem;
  }
}
