package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String ANOTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<@Nullable String> logged = new AtomicReference<>();
  private CloudEvent reply = reply();
  private HttpFront front;

  @BeforeEach
  void open() throws IOException {
    Functions functions =
        reaction ->
            event -> {
              logged.set(MDC.get("trace"));
              return Response.reply(reply);
            };
    front =
        HttpFront.open(0, CompletableFuture.completedFuture(functions), () -> true, new Metrics());
  }

  @AfterEach
  void close() {
    client.close();
    front.close();
  }

  @Test
  void passesTheEventsTraceOnToTheReply() throws Exception {
    // When
    HttpResponse<String> response =
        send("ce-traceparent", PARENT, "ce-tracestate", "vendor=1", "traceparent", ANOTHER);

    // Then
    assertThat(response.headers().firstValue("ce-traceparent")).hasValue(PARENT);
    assertThat(response.headers().firstValue("ce-tracestate")).hasValue("vendor=1");
  }

  @Test
  void takesTheRequestsTraceForAnEventWithoutOne() throws Exception {
    // When
    HttpResponse<String> response = send("traceparent", PARENT, "tracestate", "vendor=1");

    // Then
    assertThat(response.headers().firstValue("ce-traceparent")).hasValue(PARENT);
    assertThat(response.headers().firstValue("ce-tracestate")).hasValue("vendor=1");
  }

  @Test
  void leavesTheTraceOfAReplyThatNamesOne() throws Exception {
    // Given
    reply = CloudEventBuilder.from(reply).withExtension("traceparent", ANOTHER).build();

    // When
    HttpResponse<String> response = send("ce-traceparent", PARENT);

    // Then
    assertThat(response.headers().firstValue("ce-traceparent")).hasValue(ANOTHER);
  }

  @Test
  void namesTheTraceInTheLog() throws Exception {
    send("ce-traceparent", PARENT);
    assertThat(logged).hasValue(TRACE);

    send("ce-subject", "no trace");
    assertThat(logged).hasNullValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "anything"
      })
  void ignoresATraceThatIsNone(String parent) throws Exception {
    // When
    HttpResponse<String> response = send("ce-traceparent", parent);

    // Then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ce-traceparent")).isEmpty();
    assertThat(logged).hasNullValue();
  }

  private HttpResponse<String> send(String... headers) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/start"))
            .headers("ce-id", "1", "ce-source", "/coins", "ce-type", "coin")
            .header("ce-specversion", "1.0")
            .headers(headers)
            .POST(BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static CloudEvent reply() {
    return CloudEventBuilder.v1()
        .withId("reply-1")
        .withSource(URI.create("/tiphys"))
        .withType("reply")
        .build();
  }
}
