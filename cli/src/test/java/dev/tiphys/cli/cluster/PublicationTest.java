package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.http.HttpSubscriber;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicationTest {
  private static final URI ADDRESS = URI.create("http://broker.example/");
  private static final CloudEvent EVENT =
      CloudEventBuilder.v1().withId("1").withType("coin").withSource(URI.create("/me")).build();

  @Test
  void publishesTheSameEventAgainUntilTheBrokerTakesIt() throws Exception {
    // Given
    Broker broker = new Broker(503, 0, 202);

    // When
    var problem = new Publication(broker, ADDRESS, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).isEmpty();
    assertThat(broker.seen).hasSize(3).containsOnly(EVENT);
  }

  @Test
  void givesUpAfterSomeTries() throws Exception {
    // Given
    Broker broker = new Broker(503, 503, 503, 503, 503, 202);

    // When
    var problem = new Publication(broker, ADDRESS, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("(503)"));
    assertThat(broker.seen).hasSize(5);
  }

  @Test
  void doesNotRepeatWhatCanNeverSucceed() throws Exception {
    // Given
    Broker broker = new Broker(400);

    // When
    var problem = new Publication(broker, ADDRESS, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("(400)"));
    assertThat(broker.seen).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "503, true",
    "504, true",
    "404, true",
    "400, false",
    "403, false",
    "413, false",
    "500, false"
  })
  void tellsABrokerThatIsGoneFromAnEventThatIsNotTaken(int answer, boolean gone) throws Exception {
    // Given
    Broker broker = new Broker(answer, answer, answer, answer, answer);

    // When
    var problem = new Publication(broker, ADDRESS, Duration.ZERO, false).attempt(EVENT);

    // Then
    assertThat(problem.orElseThrow() instanceof Publication.Problem.OfBroker).isEqualTo(gone);
  }

  @Test
  void saysWhatToDoWhereTheApiServerIsNoWayToTheBroker() throws Exception {
    // When
    var problem = new Publication(new Broker(403), ADDRESS, Duration.ZERO, true).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("--broker-url"));
  }

  @Test
  void saysThatNothingListensAndWhatToDo() throws Exception {
    // Given: a port that is closed
    URI address;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    // When
    String problem = problemAt(address);

    // Then
    assertThat(problem)
        .startsWith("the broker at " + address + " cannot be reached: nothing takes connections")
        .contains("--broker-url")
        .doesNotContain("Exception", "java.");
  }

  @Test
  void saysThatThereIsNoSuchHost() throws Exception {
    assertThat(problemAt(URI.create("http://nowhere.invalid/")))
        .contains("http://nowhere.invalid/ cannot be reached: there is no such host")
        .doesNotContain("Exception");
  }

  @Test
  void saysWhatHappenedToAConnectionThatThereWas() throws Exception {
    // Given
    Subscriber broken =
        event -> {
          throw new IOException(new EOFException("EOF reached while reading"));
        };

    // When
    var problem = new Publication(broken, ADDRESS, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem)
        .hasValue(
            "the broker at http://broker.example/ does not answer: EOF reached while reading");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"about:blank\", \"title\": \"Forbidden\", \"status\": 403, \"detail\": \"not"
            + " you\"} | Forbidden: not you",
        "{\"title\": \"Gone\"} | Gone",
        "{\"kind\": \"Status\", \"message\": \"no such service\"} | no such service",
        "{\"other\": 1} | {\"other\": 1}",
        "[1] | [1]",
        "not you | not you"
      })
  void tellsARefusalAsText(String body, String said) throws Exception {
    // When
    var problem =
        new Publication(event -> Response.problem(422, body), ADDRESS, Duration.ZERO, false)
            .of(EVENT);

    // Then
    assertThat(problem).hasValue("the broker does not take the event (422): " + said);
  }

  private static String problemAt(URI address) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Subscriber broker = new HttpSubscriber(client, address, Duration.ofSeconds(30));
      return new Publication(broker, address, Duration.ZERO, false).of(EVENT).orElseThrow();
    }
  }

  /** Answers as it is told; 0: not at all. */
  private static final class Broker implements Subscriber {
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<CloudEvent> seen = new ArrayList<>();

    Broker(int... answers) {
      for (int answer : answers) {
        this.answers.add(answer);
      }
    }

    @Override
    public Response deliver(CloudEvent event) throws IOException {
      seen.add(event);
      int status = answers.remove();
      if (status == 0) {
        throw new IOException("reset");
      }
      return new Response(status, null, "");
    }
  }
}
