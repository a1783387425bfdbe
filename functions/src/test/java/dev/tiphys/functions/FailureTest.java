package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Reaction;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of the steps beside one that fails. */
class FailureTest {
  private static void fail(World world) {
    world.fail(world.only("bad"));
    world.advance();
  }

  @Test
  @DisplayName("D10: the siblings of a failed step end by themselves, and then the run fails")
  void siblingsEndByThemselves() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("bad", null), PlanBuilder.step("good", null)),
                    List.of(PlanBuilder.step("next", null)))
                .task("bad", List.of(), null)
                .task("good", List.of(), null)
                .task("next", List.of(), null)
                .build());
    // When
    fail(world);
    Phase early = world.phase();
    world.succeed(world.only("good"));
    world.advance();
    // Then
    assertThat(early).isEqualTo(Phase.RUNNING);
    assertThat(world.only("good").state()).isEqualTo(State.SUCCEEDED);
    assertThat(world.of("next")).isEmpty();
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).startsWith("bad: ");
  }

  @Test
  @DisplayName("D10: a scope beside a failed step goes on to its end, as in Argo")
  void scopesGoOn() {
    // Given
    World world =
        World.begun(
            besideAScope()
                .steps(
                    "inner",
                    List.of(PlanBuilder.step("one", null)),
                    List.of(PlanBuilder.step("two", null)))
                .task("one", List.of(), null)
                .task("two", List.of(), null)
                .build());
    // When
    fail(world);
    world.succeed(world.only("one"));
    world.advance();
    world.succeed(world.only("two"));
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  @DisplayName("D10: what an event is to end is stopped beside a failed step")
  void whatAnEventIsToEndIsStopped() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("bad", null), PlanBuilder.step("endless", null)))
                .task("bad", List.of(), "done")
                .task("endless", List.of(PlanBuilder.deletedBy("done")), null)
                .build());
    world.start(world.only("endless"));
    // When
    fail(world);
    world.advance();
    // Then
    assertThat(world.only("endless").state()).isEqualTo(State.STOPPED);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  @DisplayName("D10: beside a failed step events start nothing more, and what they started ends")
  void eventsStartNothingMore() {
    // Given
    World world = listening();
    Instance source = world.only("source");
    world.start(source);
    world.deliver(Reaction.START, world.emitted(source, "watch", "line", 1, "a"));
    // When
    fail(world);
    world.deliver(Reaction.START, world.emitted(source, "watch", "line", 2, "b"));
    world.succeed(source);
    world.advance();
    Phase early = world.phase();
    world.succeed(world.only("listener"));
    world.advance();
    // Then
    assertThat(early).isEqualTo(Phase.RUNNING);
    assertThat(world.tally("listener").succeeded()).isEqualTo(1);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  @DisplayName("D10: beside a failed step what only waits for events is over at once")
  void whatOnlyWaitsIsOver() {
    // Given: nobody can tell whether the event from outside ever comes
    World world =
        World.begun(
            besideAScope()
                .steps(
                    "inner",
                    List.of(PlanBuilder.step("listener", null)),
                    List.of(PlanBuilder.step("two", null)))
                .task("listener", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
                .task("two", List.of(), null)
                .build());
    // When
    fail(world);
    // Then
    assertThat(world.of("two")).isEmpty();
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  @DisplayName("D10: the other instances of a step of which one has failed end by themselves")
  void otherInstancesEndByThemselves() {
    // Given
    World world = listening();
    Instance source = world.only("source");
    world.start(source);
    world.deliver(Reaction.START, world.emitted(source, "watch", "line", 1, "a"));
    Instance first = world.only("listener");
    world.deliver(Reaction.START, world.emitted(source, "watch", "line", 2, "b"));
    world.succeed(source);
    world.succeed(world.only("bad"));
    // When
    world.fail(first);
    world.advance();
    Phase early = world.phase();
    world.of("listener").stream()
        .filter(i -> !i.name().equals(first.name()))
        .forEach(world::succeed);
    world.advance();
    // Then
    assertThat(early).isEqualTo(Phase.RUNNING);
    assertThat(world.tally("listener").succeeded()).isEqualTo(1);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).contains(first.name());
  }

  @Test
  @DisplayName("D10: of a step of which one instance has failed those that wait never start")
  void whatWaitsNeverStarts() {
    // Given: one at a time
    World world = World.begun(PlanBuilder.coinflip(1, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    world.start(flip);
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    Instance first = world.only("heads");
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 2, "heads"));
    // When
    world.fail(first);
    world.advance();
    world.advance();
    // Then
    assertThat(world.tally("heads").stopped()).isEqualTo(1);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
  }

  private static PlanBuilder besideAScope() {
    return new PlanBuilder()
        .steps(
            "main", List.of(PlanBuilder.step("bad", null), PlanBuilder.calling("inner", "inner")))
        .task("bad", List.of(), null);
  }

  private static World listening() {
    return World.begun(
        new PlanBuilder()
            .steps(
                "main",
                List.of(
                    PlanBuilder.step("bad", null),
                    PlanBuilder.step("source", null),
                    PlanBuilder.step("listener", null)))
            .task("bad", List.of(), null)
            .task("source", List.of(), "line")
            .task("listener", List.of(PlanBuilder.createdBy("line")), null)
            .build());
  }
}
