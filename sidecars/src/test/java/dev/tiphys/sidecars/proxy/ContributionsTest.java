package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Proxied.Field;
import dev.tiphys.triggers.plan.Proxied.Function;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final ObjectField AMOUNT = ObjectField.parse("amount").orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "SUM, 1.10, 1.1, 2.20",
    "SUM, 12345678.9, 1e3, 12346678.9",
    "SUM, 0.0005, -0, 0.0005",
    "MIN, 1.10, 1e3, 1.10",
    "MAX, 1.10, 1e3, 1e3",
    "MAX, 12345678.9, 0.0005, 12345678.9",
    "MAX, '\" 7\\n\"', 5, 7",
    "MIN, '\"0x10\"', 17, 16",
    "LAST, 1.10, 1e3, '\"1e3\"'",
  })
  @DisplayName("C1: what an aggregate comes to is as exact as its numbers, and as they are written")
  void aggregates(Function function, String first, String second, String value) {
    // Given
    Contributions contributions = new Contributions(events(function));
    // When
    OpenWindow window =
        OpenWindow.of(contribution(contributions, first), NOON)
            .with(contribution(contributions, second), function);
    // Then
    assertThat(window.data(function, false)).contains("\"value\":" + value + ",");
  }

  @Test
  @DisplayName("C1: one number alone keeps its text")
  void oneAlone() {
    // Given
    Contributions contributions = new Contributions(events(Function.SUM));
    // When
    OpenWindow window = OpenWindow.of(contribution(contributions, "1e3"), NOON);
    // Then
    assertThat(window.data(Function.SUM, false)).contains("\"value\":1e3,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "\"abc\"", "true", "[1]"})
  @DisplayName("C1: what cannot be added up in reasonable room counts not at all")
  void isBounded(String json) {
    // Given
    Contributions contributions = new Contributions(events(Function.SUM));
    // When
    var contribution = contributions.of(event(json), NOON);
    // Then
    assertThat(contribution).isEmpty();
  }

  @Test
  @DisplayName("C1: what passes a filter keeps its numbers")
  void passesOn() {
    // Given
    Contributions contributions = new Contributions(events(null));
    // When
    String data = contribution(contributions, "1.10").value();
    // Then
    assertThat(data).isEqualTo("{\"amount\":1.10}");
  }

  @ParameterizedTest
  @CsvSource({
    "GREATER, 100, 12345678.9, true",
    "GREATER, 100, 1e3, true",
    "GREATER, 100, 0.0005, false",
    "EQUAL, 1.1, 1.10, true",
    "EQUAL, 10, '\"10\\n\"', true",
    "EQUAL, true, true, true",
    "GREATER, 100, '\"abc\"', false",
    "LESS, 100, '\"abc\"', false",
    "NOT_EQUAL, 100, '\"abc\"', true",
  })
  @DisplayName("C3, C4: a filter compares as `when` does")
  void filters(Operator operator, String value, String json, boolean passes) {
    // Given
    Field filter = new Field(AMOUNT, operator, value);
    // When
    boolean holds = filter.holds(event(json));
    // Then
    assertThat(holds).isEqualTo(passes);
  }

  private static Events events(@Nullable Function function) {
    Aggregate aggregate =
        function == null ? null : new Aggregate(function, AMOUNT, null, new Count(2));
    return new Events(new TreeSet<>(), List.of(), aggregate);
  }

  private static Entry.Contribution contribution(Contributions contributions, String json) {
    return contributions.of(event(json), NOON).orElseThrow();
  }

  private static CloudEvent event(String amount) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/s"))
        .withType("t")
        .withData(
            "application/json", ("{\"amount\":" + amount + "}").getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
