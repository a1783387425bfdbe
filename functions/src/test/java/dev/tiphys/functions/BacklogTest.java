package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.StepIndex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B1: what becomes of events that were taken before the end of what they are for. */
class BacklogTest {
  private static World served() {
    World world = World.begun(PlanBuilder.shop());
    order(world, "1");
    world.succeed(world.only("shop"));
    world.succeed(world.only("till"));
    return world;
  }

  private static Response order(World world, String id) {
    return world.deliver(Reaction.START, world.posted(id, "order", "bread"));
  }

  @Test
  @DisplayName("B1: a step is not complete while events are under way that were taken before")
  void aStepIsNotCompleteWhileEventsAreUnderWay() {
    // Given
    World world = served();
    List<String> asked = new ArrayList<>();
    View view =
        new View(
            world.run(),
            world.instances.of(world.run().name()),
            Recall.NOTHING,
            (run, path, type) -> asked.add(run + " " + path + " " + type));
    // When
    Decision held = Advance.decide(world.plan, new StepIndex(world.plan), view, World.EPOCH);
    // Then
    assertThat(asked).contains(world.run().name() + " main[0].shop order");
    assertThat(held.next().node("main[0].shop").phase()).isEqualTo(Phase.RUNNING);
    assertThat(held.next().nodes()).doesNotContainKey("main[1].count");
  }

  @Test
  void nobodyIsAskedWhileAStepBesideItGoesOn() {
    // Given
    World world = World.begun(PlanBuilder.shop());
    order(world, "1");
    world.succeed(world.only("shop"));
    View view =
        new View(
            world.run(),
            world.instances.of(world.run().name()),
            Recall.NOTHING,
            (run, path, type) -> {
              throw new AssertionError("asked too early");
            });
    // When
    Decision decision = Advance.decide(world.plan, new StepIndex(world.plan), view, World.EPOCH);
    // Then
    assertThat(decision.next().node("main[0].shop").phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  @DisplayName("B1: what comes when its step is complete is late, and its sender is told")
  void whatComesWhenItsStepIsCompleteIsLate() {
    // Given
    World world = served();
    world.advance();
    // When
    Response late = order(world, "2");
    // Then
    assertThat(late.status()).isEqualTo(410);
    assertThat(late.problem()).contains("`shop`");
    assertThat(world.summary().missed().late()).isOne();
  }

  @Test
  @DisplayName("B1: what comes before its step is reached is counted")
  void whatComesBeforeItsStepIsReachedIsCounted() {
    // Given
    Plan plan =
        new PlanBuilder()
            .steps(
                "main",
                List.of(PlanBuilder.step("till", null)),
                List.of(PlanBuilder.calling("later", "inner")))
            .steps("inner", List.of(PlanBuilder.step("shop", null)))
            .task("till", List.of(), null)
            .task("shop", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .build();
    World world = World.begun(plan);
    // When
    Response early = order(world, "1");
    order(world, "1");
    // Then
    assertThat(early.success()).isTrue();
    assertThat(world.summary().missed().early()).isOne();
    assertThat(world.summary().missed().late()).isZero();
  }
}
