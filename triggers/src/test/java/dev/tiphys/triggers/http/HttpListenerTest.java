package dev.tiphys.triggers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {
  private static final int MAX_BODY = 1024;

  /** More than the exchanges that may be under way at once. */
  private static final int HALF_SENT = 600;

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("1")
          .withSource(URI.create("/s"))
          .withType("t")
          .withSubject("two words")
          .withData("text/plain", "heads".getBytes(UTF_8))
          .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpListener listener;

  @BeforeEach
  void open() throws IOException {
    listener = HttpListener.open(ANY_PORT, HttpListenerTest::answerWithTheEventItself);
  }

  @AfterEach
  void close() {
    client.close();
    listener.close(Duration.ZERO);
  }

  private static HttpAnswer answerWithTheEventItself(HttpExchange exchange) throws IOException {
    return switch (CloudEventRequest.read(exchange, MAX_BODY)) {
      case CloudEventRequest.Event(CloudEvent event) -> HttpAnswer.event(event);
      case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
    };
  }

  @Test
  void sendsAnEventInBinaryMode() throws Exception {
    // Given
    HttpRequest.Builder request = request();
    byte[] data = HttpEvents.write(EVENT, request::setHeader);
    request.POST(BodyPublishers.ofByteArray(data));

    // When
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("heads");
    assertThat(response.headers().firstValue("ce-subject")).hasValue("two%20words");
    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void refusesEveryMethodButPostAndNamesPost(String method) throws Exception {
    // When
    HttpResponse<String> response =
        client.send(
            request().method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY + 1, 1024 * 1024})
  void refusesABodyAboveTheLimitAndTheClientSeesTheAnswer(int length) throws Exception {
    // When
    HttpResponse<String> response =
        client.send(
            request().POST(BodyPublishers.ofByteArray(new byte[length])).build(),
            BodyHandlers.ofString());

    // Then
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
  }

  @Test
  void anAnswerThatIsUnderWayArrivesWhenTheListenerCloses() throws Exception {
    // Given
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HttpListener closing =
        HttpListener.open(
            ANY_PORT,
            exchange -> {
              entered.countDown();
              return leave.await(10, TimeUnit.SECONDS)
                  ? HttpAnswer.empty(202)
                  : HttpAnswer.empty(500);
            });
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request(closing).build(), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    // When
    Thread close = Thread.ofVirtual().start(() -> closing.close(Duration.ofSeconds(10)));
    leave.countDown();

    // Then
    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    assertThat(close.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void anIdleListenerClosesWithoutWaitingForItsGrace() throws Exception {
    // Given
    HttpListener idle = HttpListener.open(ANY_PORT, exchange -> HttpAnswer.empty(202));
    client.send(request(idle).build(), BodyHandlers.ofString());

    // When
    Thread close = Thread.ofVirtual().start(() -> idle.close(Duration.ofHours(1)));

    // Then
    assertThat(close.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void cutsOffWhatOutlivesTheGrace() throws Exception {
    // Given
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    HttpListener closing =
        HttpListener.open(
            ANY_PORT,
            exchange -> {
              entered.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
              return HttpAnswer.empty(202);
            });
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request(closing).build(), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    // When
    closing.close(Duration.ZERO);

    // Then
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(response).failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void answersAWholeRequestHoweverManyOthersHaveNotComeWhole() throws Exception {
    // Given
    try (HalfSent stranger = new HalfSent(listener.address())) {
      for (int i = 0; i < HALF_SENT; i++) {
        stranger.sendHeadersAndOneByte();
      }
      HttpRequest.Builder request = request().timeout(Duration.ofSeconds(5));
      byte[] data = HttpEvents.write(EVENT, request::setHeader);

      // When
      HttpResponse<String> response =
          client.send(
              request.POST(BodyPublishers.ofByteArray(data)).build(), BodyHandlers.ofString());

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void cutsOffTheOldestOfTooManyRequestsThatHaveNotComeWhole() throws Exception {
    // Given
    try (HalfSent stranger = new HalfSent(listener.address())) {
      Socket oldest = stranger.sendHeadersAndOneByte();

      // When
      Socket latest = oldest;
      for (int i = 0; i < HALF_SENT; i++) {
        latest = stranger.sendHeadersAndOneByte();
      }

      // Then
      assertThat(HalfSent.isCutOff(oldest)).isTrue();
      latest.getOutputStream().write(new byte[HalfSent.REST]);
      assertThat(HalfSent.statusLine(latest)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void aRequestThatIsNotWholeHoldsNoCloseUp() throws Exception {
    // Given
    HttpListener closing = HttpListener.open(ANY_PORT, HttpListenerTest::answerWithTheEventItself);
    try (HalfSent stranger = new HalfSent(closing.address())) {
      stranger.sendHeadersAndOneByte();

      // When
      Thread close = Thread.ofVirtual().start(() -> closing.close(Duration.ofHours(1)));

      // Then
      assertThat(close.join(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void aClientHasTenSecondsToSendARequest() throws Exception {
    // Given
    try (HalfSent stranger = new HalfSent(listener.address())) {
      Socket slow = stranger.sendHeadersAndOneByte();

      // When
      slow.setSoTimeout(20_000);

      // Then
      assertThat(HalfSent.isCutOff(slow)).isTrue();
    }
  }

  private HttpRequest.Builder request() {
    return request(listener);
  }

  private static HttpRequest.Builder request(HttpListener listener) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + listener.address().getPort() + "/"));
  }
}
