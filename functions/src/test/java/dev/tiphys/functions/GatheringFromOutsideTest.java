package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Outside streams have no end, so what waits in a join or a window needs another reason to end. */
class GatheringFromOutsideTest {
  private static final Window TWO = new Window.Count(2, 2);

  private World world = shop(PlanBuilder.gatheredFromOutsideBy("order", TWO));

  @Test
  void aWindowIsClosedWhenAnEventHasStoppedWhatIsBesideIt() {
    // Given
    order("1");
    // When
    closing();
    world.succeed(world.only("handle"));
    world.advance();
    // Then
    assertThat(handled()).containsExactly("[\"bread\"]");
    assertThat(world.run().phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void aWindowStaysOpenWhileThatGoesOn() {
    // When
    order("1");
    world.advance();
    // Then
    assertThat(handled()).isEmpty();
  }

  @Test
  void theLastWindowIsClosedThoughItIsNotFull() {
    // Given
    order("1");
    order("2");
    order("3");
    // When
    world.succeed(world.only("handle"));
    closing();
    // Then
    assertThat(handled()).containsExactly("[\"bread\",\"bread\"]", "[\"bread\"]");
  }

  @Test
  void whatComesWhenNothingGoesOnBesideItIsLookedAt() {
    // Given
    closing();
    // When
    Response taken = world.deliver(Reaction.START, world.posted("1", "order", "bread"));
    world.advance();
    // Then
    assertThat(taken.reply()).isNotNull();
    assertThat(handled()).containsExactly("[\"bread\"]");
  }

  @Test
  void aStepWhoseWindowsHaveStartedNothingEndsAsWell() {
    // Given
    world =
        shop(PlanBuilder.equal("order", "none"), PlanBuilder.gatheredFromOutsideBy("order", TWO));
    order("1");
    order("2");
    // When
    closing();
    // Then
    assertThat(world.run().phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void aWindowWithNothingBesideItFills() {
    // Given
    world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("open", null)),
                    List.of(PlanBuilder.step("handle", null)))
                .task("open", List.of(), null)
                .task("handle", List.of(PlanBuilder.gatheredFromOutsideBy("order", TWO)), null)
                .build());
    world.succeed(world.only("open"));
    // When
    order("1");
    world.advance();
    Phase waiting = world.run().phase();
    order("2");
    // Then
    assertThat(waiting).isEqualTo(Phase.RUNNING);
    assertThat(handled()).containsExactly("[\"bread\",\"bread\"]");
  }

  @Test
  void whatWaitsInAJoinHasNoPartner() {
    // Given
    world =
        shop(
            PlanBuilder.gatheredFromOutsideBy("order", null),
            PlanBuilder.gatheredFromOutsideBy("payment", null));
    order("1");
    // When
    closing();
    // Then
    assertThat(world.of("handle")).isEmpty();
    assertThat(world.run().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(world.run().node("main[1].handle").message()).contains("order");
  }

  private static World shop(Input... inputs) {
    return shop(null, inputs);
  }

  private static World shop(@Nullable Condition when, Input... inputs) {
    return World.begun(
        new PlanBuilder()
            .steps(
                "main",
                List.of(PlanBuilder.step("shop", null)),
                List.of(PlanBuilder.step("handle", when)))
            .task("shop", List.of(PlanBuilder.deletedFromOutsideBy("closing")), null)
            .task("handle", List.of(inputs), null)
            .build());
  }

  private void order(String id) {
    world.deliver(Reaction.START, world.posted(id, "order", "bread"));
  }

  private void closing() {
    world.deliver(Reaction.STOP, world.posted("closing", "closing", ""));
    world.advance();
    // what was closed waits for one more look
    world.advance();
  }

  private List<String> handled() {
    return world.of("handle").stream()
        .map(instance -> world.instances.spec(instance.name()).orElseThrow())
        .map(spec -> spec.parameters().getOrDefault("order", ""))
        .toList();
  }
}
