package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a condition whose values cannot be compared, and of those that can. */
class UndecidedConditionTest {
  private World world = World.begun(plan(PlanBuilder.createdBy("n")));

  @Test
  @DisplayName("C4: an event whose condition cannot be decided is refused, and the step goes on")
  void refusesTheEvent() {
    // Given
    CloudEvent text = event(1, "\"abc\"");
    // When
    Response response = world.deliver(Reaction.START, text);
    world.deliver(Reaction.START, event(2, "\"11\""));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("cannot be decided", "abc");
    assertThat(world.tally("listen").skipped()).isEqualTo(1);
    assertThat(world.of("listen")).hasSize(1);
  }

  @Test
  @DisplayName("C4: so is the event that closes a window")
  void refusesTheEventThatClosesAWindow() {
    // Given
    Window window = new Window.Count(2, 2);
    world = World.begun(plan(PlanBuilder.gatheredBy("n", null, window)));
    world.deliver(Reaction.START, event(1, "1"));
    // When
    Response response = world.deliver(Reaction.START, event(2, "2"));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(world.of("listen")).isEmpty();
    assertThat(world.tally("listen").skipped()).isEqualTo(1);
  }

  @Test
  @DisplayName("C4: a set that time has closed is told of by the step, and fails nothing")
  void tellsOfASetThatTheEndHasClosed() {
    // Given
    Window window = new Window.Time(10_000, 10_000);
    world = World.begun(plan(PlanBuilder.gatheredBy("n", null, window)));
    world.deliver(Reaction.START, event(1, "1"));
    // When
    world.deliver(Reaction.START, world.marker(world.only("emitter"), "watch", "n", 1));
    world.succeed(world.only("emitter"));
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(world.tally("listen").skipped()).isEqualTo(1);
    assertThat(world.run().armed("main[1].listen").message()).contains("could not be decided");
  }

  @ParameterizedTest
  @CsvSource({"abc, FAILED", "11, RUNNING", "9, SUCCEEDED"})
  @DisplayName("C4: an ordinary step whose condition cannot be decided fails")
  void failsTheNode(String x, Phase phase) {
    // Given
    Condition condition =
        greater(new Text(List.of(new Text.WorkflowParameter("x"))), Text.literal("10"));
    Plan plan =
        new PlanBuilder()
            .parameter("x", x)
            .steps("main", List.of(PlanBuilder.step("say", condition)))
            .task("say", List.of(), null)
            .build();
    // When
    world = World.begun(plan);
    // Then
    assertThat(world.phase()).isEqualTo(phase);
    if (phase == Phase.FAILED) {
      assertThat(world.run().root().message()).contains("say", "cannot be decided", "abc");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "1.2E7", "\"11\\n\"", "1E400", "0x10"})
  @DisplayName("C1, C3: an event's number is compared as one, however it is written")
  void comparesNumbers(String json) {
    // Given
    String value = json.equals("0x10") ? "\"0x10\"" : json;
    // When
    world.deliver(Reaction.START, event(1, value));
    // Then
    assertThat(world.of("listen")).hasSize(1);
  }

  private static Plan plan(Input input) {
    Step listen =
        PlanBuilder.step(
            "listen", greater(new Text(List.of(new Text.InputParameter("n"))), Text.literal("10")));
    return new PlanBuilder()
        .steps("main", List.of(PlanBuilder.step("emitter", null)), List.of(listen))
        .task("emitter", List.of(), "n")
        .task("listen", List.of(input), null)
        .build();
  }

  private static Condition greater(Text left, Text right) {
    return new Condition.Compare(
        Operator.GREATER, new Condition.Operand(left, false), new Condition.Operand(right, false));
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
