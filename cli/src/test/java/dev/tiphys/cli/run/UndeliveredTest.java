package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UndeliveredTest {
  static final Trigger TRIGGER =
      new Trigger(
          "start",
          new Filter.All(List.of()),
          new Trigger.Address("functions", "/start"),
          new Delivery(0, Delivery.BackoffPolicy.LINEAR, Duration.ZERO, null));

  private final Undelivered undelivered =
      new Undelivered((event, reason) -> {}, (trigger, event) -> {}, EventAccountsTest.accounts());

  @Test
  @DisplayName("D8: counts what could not be used by type and reason")
  void countsByTypeAndReason() {
    // When
    refuse("order", "no goods");
    refuse("order", "no goods");
    refuse("order", "too long");

    // Then
    assertThat(undelivered.reasons())
        .isEqualTo(Map.of("order: no goods", 2L, "order: too long", 1L));
  }

  @Test
  void keepsABoundedNumberOfReasons() {
    // When
    for (int i = 0; i < Undelivered.REASONS_MAX + 5; i++) {
      refuse("order", "reason " + i);
    }

    // Then
    assertThat(undelivered.reasons())
        .hasSize(Undelivered.REASONS_MAX + 1)
        .containsEntry(Undelivered.OTHER, 5L);
  }

  private void refuse(String type, String reason) {
    CloudEvent event =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("/me")).withType(type).build();
    undelivered.deadLettered(TRIGGER, event, Subscriber.Response.problem(422, reason));
  }
}
