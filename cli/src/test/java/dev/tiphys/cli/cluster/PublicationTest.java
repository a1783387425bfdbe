package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final CloudEvent EVENT =
      CloudEventBuilder.v1().withId("1").withType("coin").withSource(URI.create("/me")).build();

  @Test
  void publishesTheSameEventAgainUntilTheBrokerTakesIt() throws Exception {
    // Given
    Broker broker = new Broker(503, 0, 202);

    // When
    var problem = new Publication(broker, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).isEmpty();
    assertThat(broker.seen).hasSize(3).containsOnly(EVENT);
  }

  @Test
  void givesUpAfterSomeTries() throws Exception {
    // Given
    Broker broker = new Broker(503, 503, 503, 503, 503, 202);

    // When
    var problem = new Publication(broker, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("(503)"));
    assertThat(broker.seen).hasSize(5);
  }

  @Test
  void doesNotRepeatWhatCanNeverSucceed() throws Exception {
    // Given
    Broker broker = new Broker(400);

    // When
    var problem = new Publication(broker, Duration.ZERO, false).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("(400)"));
    assertThat(broker.seen).hasSize(1);
  }

  @Test
  void saysWhatToDoWhereTheApiServerIsNoWayToTheBroker() throws Exception {
    // When
    var problem = new Publication(new Broker(403), Duration.ZERO, true).of(EVENT);

    // Then
    assertThat(problem).hasValueSatisfying(it -> assertThat(it).contains("--broker-url"));
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
