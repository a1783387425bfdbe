package dev.tiphys.sidecars.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.Events;
import dev.tiphys.triggers.contract.HttpPublisher;
import dev.tiphys.triggers.contract.RecordingSubscriber;
import dev.tiphys.triggers.kafka.KafkaServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarrierProgramTest {
  private static final Trigger.Address START = new Trigger.Address("functions", "/start/plan");
  private static final Trigger COINS =
      new Trigger(
          "coins",
          new Filter.All(List.of()),
          START,
          new Delivery(3, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(10), null));

  @Test
  void dispatchesWhatIsPostedToIt() throws Exception {
    // Given
    RecordingSubscriber start = RecordingSubscriber.accepting();
    CarrierProgram carrier =
        CarrierProgram.open(
            new CarrierSettings(
                "games", List.of(COINS), new Pubsub.Kafka(KafkaServer.shared().settings()), 0),
            address -> start);

    // When
    try (HttpPublisher publisher = new HttpPublisher(carrier.ingress())) {
      assertThat(publisher.post(Events.event("coin", "1"))).isEqualTo(202);
    }

    // Then
    assertThat(Events.ids(start.await(1))).containsOnly("1");
    assertThat(carrier.end()).isZero();
  }

  @Test
  void findsSubscribersByTheirServices() {
    assertThat(CarrierProgram.uri(START, "games"))
        .hasToString("http://functions.games.svc/start/plan");
  }
}
