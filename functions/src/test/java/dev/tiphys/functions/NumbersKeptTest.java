package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C1: a number keeps its own text from the event to the task")
class NumbersKeptTest {
  private World world = new World(plan(PlanBuilder.createdBy("n")));

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "0.0005", "1.10", "1e3", "1E400", "-0", "9007199254740993"})
  void asAParameter(String number) {
    // Given
    world = World.begun(plan(PlanBuilder.createdBy("n")));
    // When
    world.deliver(Reaction.START, event(1, number));
    // Then
    assertThat(given()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "0.0005", "1.10", "1e3", "1E400", "-0"})
  void inAWindowThatWaitsInTheRunsState(String number) {
    // Given
    world = World.begun(plan(PlanBuilder.gatheredBy("n", null, new Window.Count(2, 2))));
    world.deliver(Reaction.START, event(1, number));
    Run waiting = world.run();
    // When
    world.deliver(Reaction.START, event(2, "{\"of\": [" + number + "]}"));
    // Then
    assertThat(Json.read(Json.write(waiting), Run.class)).isEqualTo(waiting);
    assertThat(given()).isEqualTo("[" + number + ",{\"of\":[" + number + "]}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "0.0005", "1.10", "1e3", "-0"})
  void asAParameterOfTheBeginning(String number) {
    // Given
    world =
        new World(
            new PlanBuilder()
                .parameter("amount", null)
                .steps("main", List.of(PlanBuilder.step("say", null)))
                .task("say", List.of(), null)
                .build());
    // When
    world.begin("{\"parameters\": {\"amount\": " + number + "}}");
    // Then
    assertThat(world.run().parameters()).containsEntry("amount", number);
  }

  private static Plan plan(Input input) {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("emitter", null)),
            List.of(PlanBuilder.step("listen", null)))
        .task("emitter", List.of(), "n")
        .task("listen", List.of(input), null)
        .build();
  }

  private String given() {
    String name = world.only("listen").name();
    return world.instances.spec(name).orElseThrow().parameters().getOrDefault("n", "");
  }

  private CloudEvent event(long n, String content) {
    return world.signed(
        CloudEventBuilder.from(world.emitted(world.only("emitter"), "watch", "n", n, ""))
            .withData(
                "application/json",
                ("{\"content\": " + content + "}").getBytes(StandardCharsets.UTF_8))
            .build());
  }
}
