package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B10: how long a step that only outside events start goes on waiting for them. */
class StayingArmedTest {
  private static Plan beside(List<Input> shop) {
    return new PlanBuilder()
        .steps("main", List.of(PlanBuilder.step("till", null), PlanBuilder.step("shop", null)))
        .task("till", List.of(), null)
        .task("shop", shop, null, 10, ConcurrencyPolicy.ALLOW)
        .build();
  }

  private static void order(World world, String id) {
    world.deliver(Reaction.START, world.posted(id, "order", "bread"));
  }

  private static void handled(World world) {
    world.of("shop").stream().filter(it -> !it.state().terminal()).forEach(world::succeed);
    world.advance();
  }

  @Test
  @DisplayName("B10: while a step beside it runs, a later event starts something as the first did")
  void aLaterEventStartsSomethingWhileAStepBesideItRuns() {
    // Given
    World world = World.begun(beside(List.of(PlanBuilder.createdFromOutsideBy("order"))));
    order(world, "1");
    handled(world);
    // When
    order(world, "2");
    // Then
    assertThat(world.of("shop")).hasSize(2);
  }

  @Test
  @DisplayName("B1, B10: so it does while one of a group before runs, which need not be over")
  void aLaterEventStartsSomethingWhileAStepOfAGroupBeforeRuns() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("till", null)),
                    List.of(PlanBuilder.step("shop", null)))
                .task("till", List.of(), null)
                .task(
                    "shop",
                    List.of(PlanBuilder.createdFromOutsideBy("order")),
                    null,
                    10,
                    ConcurrencyPolicy.ALLOW)
                .build());
    order(world, "1");
    handled(world);
    // When
    order(world, "2");
    // Then
    assertThat(world.of("shop")).hasSize(2);
  }

  @Test
  void isCompleteWhenTheStepBesideItIs() {
    // Given
    World world = World.begun(beside(List.of(PlanBuilder.createdFromOutsideBy("order"))));
    order(world, "1");
    handled(world);
    // When
    world.succeed(world.only("till"));
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void twoThatWaitBesideEachOtherAreCompleteTogether() {
    // Given
    Plan plan =
        new PlanBuilder()
            .steps("main", List.of(PlanBuilder.step("shop", null), PlanBuilder.step("log", null)))
            .task("shop", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .task("log", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .build();
    World world = World.begun(plan);
    order(world, "1");
    // When
    world.succeed(world.only("shop"));
    world.succeed(world.only("log"));
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  @DisplayName("B10: with a delete input it goes on until that event has come")
  void withADeleteInputItGoesOnUntilThatEventHasCome() {
    // Given
    World world =
        World.begun(
            beside(
                List.of(
                    PlanBuilder.createdFromOutsideBy("order"), PlanBuilder.deletedBy("closing"))));
    world.succeed(world.only("till"));
    order(world, "1");
    handled(world);
    // When
    order(world, "2");
    Phase before = world.phase();
    handled(world);
    world.deliver(Reaction.STOP, world.external("3", "closing").build());
    world.advance();
    // Then
    assertThat(world.of("shop")).hasSize(2);
    assertThat(before).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }
}
