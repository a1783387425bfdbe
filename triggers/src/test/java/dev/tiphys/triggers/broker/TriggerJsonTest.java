package dev.tiphys.triggers.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerJsonTest {
  @Test
  void readsWhatItWrote() {
    // Given
    Filter filter =
        new Filter.Any(
            List.of(
                new Filter.Exact(Map.of("type", "coin")),
                new Filter.Not(new Filter.Prefix(Map.of("type", "dev."))),
                new Filter.All(List.of()),
                new Filter.All(
                    List.of(
                        new Filter.Suffix(Map.of("subject", "x")),
                        new Filter.CeSql("EXISTS subject")))));
    Trigger trigger =
        new Trigger(
            "coins",
            filter,
            new Trigger.Address("functions", "/start/plan"),
            new Delivery(
                3,
                Delivery.BackoffPolicy.EXPONENTIAL,
                Duration.ofMillis(100),
                new Trigger.Address("functions", "/dead-letter")));

    // When
    Trigger read = Json.read(Json.write(trigger), Trigger.class);

    // Then
    assertThat(read).isEqualTo(trigger);
  }
}
