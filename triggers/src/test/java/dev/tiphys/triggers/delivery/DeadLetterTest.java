package dev.tiphys.triggers.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.Events;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final Trigger HEADS =
      new Trigger(
          "heads",
          new Filter.All(List.of()),
          new Trigger.Address("functions", "/start"),
          new Delivery(0, Delivery.BackoffPolicy.LINEAR, Duration.ZERO, null));

  @Test
  void saysWhoDidNotTakeItAndWhy() {
    CloudEvent letter = letter("no such plan");

    assertThat(letter.getExtension("knativeerrordest")).isEqualTo("http://functions/start");
    assertThat(letter.getExtension("knativeerrorcode")).isEqualTo(400);
    assertThat(letter.getExtension("knativeerrordata")).isEqualTo("no such plan");
  }

  @Test
  void keepsTheEventsIdentityAndData() {
    CloudEvent event = Events.event("coin", "1");

    CloudEvent letter = DeadLetter.of(event, HEADS, Response.problem(400, ""));

    assertThat(letter.getId()).isEqualTo(event.getId());
    assertThat(letter.getSource()).isEqualTo(event.getSource());
    assertThat(letter.getData()).isEqualTo(event.getData());
    assertThat(letter.getExtensionNames()).doesNotContain("knativeerrordata");
  }

  @Test
  void shortensALongAnswer() {
    assertThat(letter("x".repeat(5_000)).getExtension("knativeerrordata"))
        .isEqualTo("x".repeat(1_024));
  }

  @Test
  void leavesOutWhatNoAttributeMayHold() {
    assertThat(letter("a\r\nX-Evil: 1\u0000\ud83e").getExtension("knativeerrordata"))
        .isEqualTo("a  X-Evil: 1");
  }

  @Test
  void aSignedEventIsVerifiedAsADeadLetterAndAfterIt() {
    // Given
    SigningKey key = new RunKeys(RootKey.random(new Random(1)), "uid").control();
    CloudEvent signed = key.sign(Events.event("coin", "1"));

    // When
    CloudEvent letter = DeadLetter.of(signed, HEADS, Response.problem(410, "the run is over"));
    CloudEvent back = Attributes.withoutCarriers(letter);

    // Then
    assertThat(key.hasSigned(letter)).isTrue();
    assertThat(back).isEqualTo(signed);
  }

  private static CloudEvent letter(String answer) {
    return DeadLetter.of(Events.event("coin", "1"), HEADS, Response.problem(400, answer));
  }
}
