package dev.tiphys.triggers.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
  @Test
  void aPlanWithEmptyListsMapsSetsAndTextsIsReadBackAsItWas() {
    // Given
    var container = new Work.Container("alpine:3.6", List.of(), List.of(), new TreeMap<>());
    var sidecar =
        new EventSidecar.LifecycleWatcher(
            new EventSidecar.Common("watch", "argo/watch", "done", new TreeMap<>(), null),
            Set.of());
    var task =
        new TaskTemplate(
            "hello", List.of(), container, List.of(sidecar), null, ConcurrencyPolicy.ALLOW);
    var step =
        new Step("hello", "hello", new TreeMap<>(Map.of("a", Text.literal(""))), null, false);
    var steps = new StepsTemplate("main", List.of(), List.of(List.of(step)));
    var plan =
        new Plan(
            "hello",
            "hello-",
            "main",
            List.of(
                new Plan.Parameter("empty", ""),
                new Plan.Parameter("needed", null, List.of("the image of `b`", "the code of `a`"))),
            null,
            new TreeMap<>(Map.of("hello", task, "main", steps)),
            List.of(new Rule.Stop(new EventFilter("done", new TreeMap<>(), false), "hello")));

    // When
    Plan read = Plan.fromJson(plan.toJson());

    // Then
    assertThat(read).isEqualTo(plan);
    assertThat(read.id()).isEqualTo(plan.id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"format\": 3, \"workflow\": \"w\", \"later\": {}} | a plan of format 3, not 2",
        "{\"format\": \"2\", \"workflow\": \"w\"} | a plan of format 0, not 2",
        "{\"workflow\": \"w\", \"rules\": {}} | a plan of format 1, not 2",
        "{\"workflow\": \"w\", \"format\": 2} | a plan of format 1, not 2",
        "{} | a plan of format 1, not 2",
        "[2] | a plan of format 1, not 2"
      })
  void aPlanOfAnotherFormatIsRefusedByNameWhateverElseItHas(String json, String refusal) {
    assertThatThrownBy(() -> Plan.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\": 2, \"unheardof\": 1}",
        "{\"format\": 2} {}",
        "{\"format\": 2",
        "{\"format\"",
        "no JSON"
      })
  void whatIsNoPlanIsNotRead(String json) {
    assertThatThrownBy(() -> Plan.fromJson(json)).isInstanceOf(UncheckedIOException.class);
  }
}
