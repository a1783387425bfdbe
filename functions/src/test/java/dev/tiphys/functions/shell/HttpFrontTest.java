package dev.tiphys.functions.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.LoggedLines;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Routes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, with the functions in the catalog behind it. */
class HttpFrontTest {
  private static final Map<Reaction, FakeSubscriber> SUBSCRIBERS = new EnumMap<>(Reaction.class);
  private static final String SECRET = "s3cret";

  private static FunctionContext context;

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeSubscriber start = new FakeSubscriber();
  private final AtomicBoolean clusterAnswers = new AtomicBoolean(true);
  private HttpFront front;

  @BeforeAll
  static void openTheContext() {
    context = FunctionContext.open(reaction -> event -> subscriber(reaction).deliver(event));
  }

  private static FakeSubscriber subscriber(Reaction reaction) {
    return SUBSCRIBERS.computeIfAbsent(reaction, any -> new FakeSubscriber());
  }

  @BeforeEach
  void open() throws IOException {
    SUBSCRIBERS.clear();
    SUBSCRIBERS.put(Reaction.START, start);
    front =
        HttpFront.open(
            0, CompletableFuture.completedFuture(context), clusterAnswers::get, new Metrics());
  }

  @AfterEach
  void close() {
    client.close();
    front.close();
  }

  @AfterAll
  static void closeTheContext() {
    context.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachFunctionAnswersOnItsPath(Reaction reaction) throws Exception {
    // When
    HttpResponse<String> response = send(binary(reaction.path()));

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(subscriber(reaction).delivered()).hasSize(1);
  }

  @Test
  void takesDeadLettersThatNoFunctionCouldUse() throws Exception {
    // When
    HttpResponse<String> response = send(binary(Routes.DEAD_LETTER_PATH));

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(start.delivered()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ce-", "CE-", "ce-"})
  void takesBinaryModeWithHeaderNamesInAnyCase(String prefix) throws Exception {
    // Given
    // by socket: a client library may have its own mind about the case of names
    String request =
        "POST /start HTTP/1.1\r\nhost: tiphys\r\nconnection: close\r\ncontent-length: 2\r\n"
            + "CONTENT-TYPE: application/json\r\n"
            + (prefix + "Id: 42\r\n" + prefix + "Specversion: 1.0\r\n")
            + (prefix + "SOURCE: /coins\r\n" + prefix + "type: coin\r\n")
            + (prefix + "Workflowrun: r1\r\n\r\n{}");

    // When
    String response = exchange(request);

    // Then
    assertThat(response).startsWith("HTTP/1.1 202 ");
    CloudEvent event = start.delivered().getFirst();
    assertThat(event.getId()).isEqualTo("42");
    assertThat(event.getSource()).hasToString("/coins");
    assertThat(event.getExtension("workflowrun")).isEqualTo("r1");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON"
      })
  void takesStructuredMode(String contentType) throws Exception {
    // When
    HttpResponse<String> response =
        send(
            request("/start")
                .header("Content-Type", contentType)
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "42", "source": "/coins", "type": "coin",
                         "data": {"content": "heads"}}
                        """)));

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(start.delivered().getFirst().getId()).isEqualTo("42");
  }

  @Test
  void handsOverThePlanThatThePathNamesAndNotTheSenders() throws Exception {
    // When
    send(binary("/start/coinflip-0123456789").header("ce-tiphysplan", "another"));

    // Then
    assertThat(start.delivered().getFirst().getExtension(Attributes.PLAN))
        .isEqualTo("coinflip-0123456789");
  }

  @Test
  void answersAnAcceptedEventWithAnEmptyBodyAndNoEvent() throws Exception {
    // When
    HttpResponse<String> response = send(binary("/start"));

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    assertThat(response.headers().firstValue("content-type")).isEmpty();
  }

  @Test
  void answersAReplyAsAnEventInBinaryMode() throws Exception {
    // Given
    start.behave(
        event ->
            Response.reply(
                CloudEventBuilder.v1()
                    .withId("reply-1")
                    .withSource(URI.create("/tiphys"))
                    .withType("dev.tiphys.run.changed")
                    .withData("application/json", "{\"a\":1}".getBytes(UTF_8))
                    .build()));

    // When
    HttpResponse<String> response = send(binary("/start"));

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ce-specversion")).hasValue("1.0");
    assertThat(response.headers().firstValue("ce-id")).hasValue("reply-1");
    assertThat(response.headers().firstValue("ce-type")).hasValue("dev.tiphys.run.changed");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"a\":1}");
  }

  /** Stands guard: a broker would publish an echoed event again, and again. */
  @ParameterizedTest
  @ValueSource(ints = {202, 200, 400, 422, 429, 500, 503})
  void neverEchoesAHeaderOfTheRequest(int status) throws Exception {
    // Given
    start.behave(
        event ->
            status == 200
                ? Response.reply(
                    CloudEventBuilder.v1()
                        .withId("reply-1")
                        .withSource(URI.create("/tiphys"))
                        .withType("reply")
                        .build())
                : new Response(status, null, "as told"));

    // When
    HttpResponse<String> response =
        send(
            binary("/start")
                .header("Authorization", "Bearer " + SECRET)
                .header("Cookie", "c=" + SECRET)
                .header("X-Whatever", SECRET)
                .header("Traceparent", SECRET)
                .header("Ce-Subject", SECRET)
                .header("Ce-Workflowrun", SECRET));

    // Then
    assertThat(response.statusCode()).isEqualTo(status);
    assertNothingIsEchoed(response);
    if (status != 200) {
      assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/start", "/nowhere", "/healthz", "/start/" + SECRET + "/x"})
  void neverEchoesWhatItRefuses(String path) throws Exception {
    // When
    HttpResponse<String> response =
        send(
            request(path)
                .header("Authorization", SECRET)
                .header("X-Whatever", SECRET)
                .header("Ce-Id", SECRET)
                .header("Ce-Specversion", SECRET)
                .header("Ce-Type", SECRET)
                .header("Ce-Source", SECRET)
                .POST(BodyPublishers.ofString(SECRET)));

    // Then
    assertThat(response.statusCode()).isBetween(400, 499);
    assertNothingIsEchoed(response);
  }

  private static void assertNothingIsEchoed(HttpResponse<String> response) {
    assertThat(response.headers().map().toString() + response.body()).doesNotContain(SECRET);
    assertThat(response.headers().map())
        .doesNotContainKeys(
            "authorization", "cookie", "x-whatever", "traceparent", "ce-subject", "ce-workflowrun");
  }

  @Test
  void refusesWhatIsNoCloudEvent() throws Exception {
    // When
    HttpResponse<String> response =
        send(
            request("/start")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    // Then
    assertProblem(response, 400);
    assertThat(start.delivered()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/updates", "/begin%7Cstart", "/functionRouter", "/start/", "/START"})
  void findsNoFunctionElsewhere(String path) throws Exception {
    assertProblem(send(binary(path)), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void refusesAMethodThatIsNotPostAndNamesPost(String method) throws Exception {
    // When
    HttpResponse<String> response = send(request("/start").method(method, BodyPublishers.noBody()));

    // Then
    assertProblem(response, 405);
    assertThat(response.headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void refusesABodyAboveTheLimit() throws Exception {
    assertProblem(
        send(
            binary("/start")
                .POST(BodyPublishers.ofByteArray(new byte[HttpFront.MAX_BODY_BYTES + 1]))),
        413);
    assertThat(start.delivered()).isEmpty();
  }

  @Test
  void takesABodyAtTheLimit() throws Exception {
    // When
    HttpResponse<String> response =
        send(binary("/start").POST(BodyPublishers.ofByteArray(new byte[HttpFront.MAX_BODY_BYTES])));

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+avro"})
  void refusesBatchesAndUnknownFormats(String contentType) throws Exception {
    assertProblem(
        send(
            request("/start")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("[]"))),
        415);
  }

  @ParameterizedTest
  @ValueSource(ints = {410, 422, 429, 503})
  void answersARefusalWithItsReason(int status) throws Exception {
    // Given
    start.behave(event -> Response.problem(status, "no such plan"));

    // When
    HttpResponse<String> response = send(binary("/start"));

    // Then
    assertThat(assertProblem(response, status).path("detail").asText()).isEqualTo("no such plan");
  }

  @Test
  void asksForARetryWhenTheClusterCannotAnswer() throws Exception {
    // Given
    start.behave(failing(new Unavailable("10.0.0.1 refused " + SECRET)));

    // When
    HttpResponse<String> response = send(binary("/start"));

    // Then
    assertProblem(response, 503);
    assertNothingIsEchoed(response);
  }

  @Test
  void keepsAFaultOfOursToItself() throws Exception {
    // Given
    start.behave(failing(new IllegalStateException(SECRET)));

    // When
    HttpResponse<String> response = send(binary("/start"));

    // Then
    assertProblem(response, 500);
    assertNothingIsEchoed(response);
  }

  @Test
  @DisplayName("E9: events that meet one fault after the other are one line a minute and fault")
  void e9EventsThatMeetAFaultAreOneLineAMinute() throws Exception {
    try (LoggedLines lines = LoggedLines.of(HttpFront.class.getName())) {
      // When
      for (int n = 0; n < 5; n++) {
        start.behave(failing(new Unavailable("away")));
        send(binary("/start"));
        start.behave(failing(new IllegalStateException("ours")));
        send(binary("/start"));
      }

      // Then
      assertThat(lines.all()).hasSize(2);
    }
  }

  @Test
  void isReadyWhileTheClusterAnswers() throws Exception {
    assertThat(send(request("/healthz")).statusCode()).isEqualTo(200);

    clusterAnswers.set(false);
    assertThat(send(request("/healthz")).statusCode()).isEqualTo(503);
  }

  @Test
  void anEventThatComesEarlyWaitsForTheFunctions() throws Exception {
    // Given
    CompletableFuture<Functions> starting = new CompletableFuture<>();
    try (HttpFront early = HttpFront.open(0, starting, () -> true, new Metrics())) {
      CompletableFuture<HttpResponse<String>> response =
          client.sendAsync(binary(early, "/start").build(), BodyHandlers.ofString());
      assertThat(send(request(early, "/healthz")).statusCode()).isEqualTo(503);

      // When
      starting.complete(context);

      // Then
      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
      assertThat(send(request(early, "/healthz")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void asksForARetryWhenTheFunctionsDidNotStart() throws Exception {
    // Given
    CompletableFuture<Functions> failed =
        CompletableFuture.failedFuture(new IllegalStateException("no"));

    // When // Then
    try (HttpFront broken = HttpFront.open(0, failed, () -> true, new Metrics())) {
      assertProblem(send(binary(broken, "/start")), 503);
    }
  }

  @Test
  void letsWhatIsUnderWayEndWhenItCloses() throws Exception {
    // Given
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    start.behave(
        event -> {
          entered.countDown();
          await(leave);
          return Response.accepted();
        });
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(binary("/start").build(), BodyHandlers.ofString());
    await(entered);

    // When
    Thread closing = Thread.ofVirtual().start(front::close);
    leave.countDown();

    // Then
    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Subscriber failing(RuntimeException fault) {
    return event -> {
      throw fault;
    };
  }

  private static JsonNode assertProblem(HttpResponse<String> response, int status)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = Json.parse(response.body().getBytes(UTF_8));
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("type", "title", "status", "detail");
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    return problem;
  }

  private HttpRequest.Builder request(String path) {
    return request(front, path);
  }

  private HttpRequest.Builder binary(String path) {
    return binary(front, path);
  }

  private static HttpRequest.Builder request(HttpFront front, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
  }

  private static HttpRequest.Builder binary(HttpFront front, String path) {
    return request(front, path)
        .header("Ce-Id", "1")
        .header("Ce-Source", "/coins")
        .header("Ce-Type", "coin")
        .header("Ce-Specversion", "1.0")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"content\": \"heads\"}"));
  }

  @Test
  void livesThoughItsClusterDoesNotAnswer() throws Exception {
    // Given
    front.close();
    front = HttpFront.open(0, new CompletableFuture<>(), () -> false, new Metrics());
    URI server = URI.create("http://127.0.0.1:" + front.port());

    // When
    HttpResponse<String> live = send(HttpRequest.newBuilder(server.resolve("/livez")));
    HttpResponse<String> ready = send(HttpRequest.newBuilder(server.resolve("/healthz")));

    // Then
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(ready.statusCode()).isEqualTo(503);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
