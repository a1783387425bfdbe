package dev.tiphys.sidecars.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.program.Program;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.http.HttpSubscriber;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventTailTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();
  private EventTail tail;
  private Subscriber subscriber;

  @BeforeEach
  void open() throws Exception {
    tail = EventTail.open(0, new PrintStream(printed, true, UTF_8));
    URI address = URI.create("http://127.0.0.1:" + tail.port() + "/");
    subscriber = new HttpSubscriber(client, address, Duration.ofSeconds(10));
  }

  @AfterEach
  void close() {
    tail.end();
    client.close();
  }

  @Test
  void printsEachEventOnALineOfItsOwn() throws Exception {
    // When
    subscriber.deliver(event("1", "{\"text\": \"one\\ntwo\"}"));
    Subscriber.Response answer = subscriber.deliver(event("2", "{}"));

    // Then
    List<String> lines = printed.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(Json.parse(lines.getFirst().getBytes(UTF_8)).at("/data/text").asText())
        .isEqualTo("one\ntwo");
    assertThat(answer).isEqualTo(Subscriber.Response.accepted());
  }

  @Test
  void refusesAPortThatIsNone() throws Exception {
    assertThat(EventTail.start(Map.of("PORT", "http")))
        .isEqualTo(new Program.WrongSettings(List.of("PORT is http: give a number up to 65535")));
  }

  private static CloudEvent event(String id, String data) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withType("coin")
        .withSource(URI.create("/mint"))
        .withData("application/json", data.getBytes(UTF_8))
        .build();
  }
}
