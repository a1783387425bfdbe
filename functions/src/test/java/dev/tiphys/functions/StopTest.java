package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StopTest {
  @Test
  void stopsTheRunningInstanceAndTheStopIsNoFailure() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    Instance heads = world.succeedHeads(flip);
    // When
    world.deliver(Reaction.STOP, world.emitted(heads, "watch", "stopsignal", 1, "x"));
    // Then
    assertThat(world.only("flip-coin").state()).isEqualTo(State.STOPPED);
    world.deliver(Reaction.START, world.marker(flip, "watch", "coin", 1));
    world.advance();
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void neverStartsATaskThatWasStoppedBeforeItExisted() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("first", null)),
                    List.of(PlanBuilder.step("second", null)))
                .task("first", List.of(), "no-more")
                .task("second", List.of(PlanBuilder.deletedBy("no-more")), null)
                .build());
    Instance first = world.only("first");
    // When
    world.deliver(Reaction.STOP, world.emitted(first, "watch", "no-more", 1, "x"));
    world.succeed(first);
    world.advance();
    // Then
    assertThat(world.of("second")).isEmpty();
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void startsNothingForAnEventOlderThanTheStopThatComesAfterIt() {
    // Given
    World world = stoppable();
    Instance emitter = world.only("emitter");
    CloudEvent older = world.emitted(emitter, "watch", "work", 1, "x");
    world.later();
    world.deliver(Reaction.STOP, closing(world, "stop-1"));
    // When
    world.deliver(Reaction.START, older);
    // Then
    assertThat(world.of("worker")).isEmpty();
    assertThat(world.tally("worker").stopped()).isEqualTo(1);
  }

  @Test
  void letsAnEventNewerThanTheStopStartAnewAlsoWhenTheStopComesAgain() {
    // Given
    World world = stoppable();
    CloudEvent stop = closing(world, "stop-1");
    world.deliver(Reaction.STOP, stop);
    world.later();
    world.deliver(Reaction.START, world.emitted(world.only("emitter"), "watch", "work", 1, "x"));
    // When
    world.deliver(Reaction.STOP, stop);
    // Then
    assertThat(world.only("worker").state()).isEqualTo(State.PENDING);
  }

  @Test
  void stopsWhatWaitsInTheQueueToo() {
    // Given
    World world = stoppable();
    Instance emitter = world.only("emitter");
    for (int n = 1; n <= 3; n++) {
      world.deliver(Reaction.START, world.emitted(emitter, "watch", "work", n, "x"));
    }
    // When
    world.deliver(Reaction.STOP, closing(world, "stop-1"));
    // Then
    assertThat(world.of("worker")).extracting(Instance::state).containsOnly(State.STOPPED);
  }

  @Test
  void endsAnInstanceThatAStartBesideTheStopCreated() {
    // Given: the start read the run before the stop was recorded, and creates after it
    World world = stoppable();
    var before = world.run();
    CloudEvent work = world.emitted(world.only("emitter"), "watch", "work", 1, "x");
    Decision racing =
        Start.decide(
            world.plan,
            new RuleIndex(world.plan),
            new View(before, world.instances.of(before.name())),
            work,
            World.EPOCH);
    world.deliver(Reaction.STOP, closing(world, "stop-1"));
    if (racing.effects().getFirst() instanceof Effect.CreateInstance(var spec)) {
      world.instances.create(spec);
    }
    // When
    world.advance();
    // Then
    assertThat(world.only("worker").state()).isEqualTo(State.STOPPED);
  }

  @Test
  void stopsNothingThatComesAfterItWhateverTimeItClaims() {
    // Given
    World world = stoppable();
    CloudEvent farFuture =
        world.external("stop-1", "closing").withTime(world.time().plusYears(1_000)).build();
    world.deliver(Reaction.STOP, farFuture);
    world.later();
    // When
    world.deliver(Reaction.START, world.emitted(world.only("emitter"), "watch", "work", 1, "x"));
    // Then
    assertThat(world.only("worker").state()).isEqualTo(State.PENDING);
  }

  @Test
  void stopsWhatCameBeforeItAlsoWithoutATime() {
    // Given
    World world = stoppable();
    CloudEvent older = world.emitted(world.only("emitter"), "watch", "work", 1, "x");
    world.later();
    world.deliver(Reaction.STOP, world.external("stop-1", "closing").build());
    // When
    world.deliver(Reaction.START, older);
    // Then
    assertThat(world.of("worker")).isEmpty();
    assertThat(world.tally("worker").stopped()).isEqualTo(1);
  }

  @Test
  void neverWaitsForAStepThatWasStoppedBeforeItsScopeWasEntered() {
    // Given
    World world = nested();
    Instance emitter = world.only("emitter");
    world.succeed(emitter);
    world.deliver(Reaction.START, world.marker(emitter, "watch", "work", 0));
    world.deliver(Reaction.STOP, closing(world, "stop-1"));
    world.succeed(world.only("first"));
    // When
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void startsNothingInALaterScopeForAnEventOlderThanTheStopBeforeIt() {
    // Given
    World world = nested();
    CloudEvent older = world.emitted(world.only("emitter"), "watch", "work", 1, "x");
    world.later();
    world.deliver(Reaction.STOP, closing(world, "stop-1"));
    world.succeed(world.only("first"));
    world.advance();
    // When
    world.deliver(Reaction.START, older);
    // Then
    assertThat(world.of("worker")).isEmpty();
    assertThat(world.tally("worker").stopped()).isEqualTo(1);
  }

  @Test
  void remembersStopsOnlyOfEmittersThatExist() {
    // Given: heads that have stopped the flipping, more than are kept
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    CloudEvent oldest = null;
    for (int n = 1; n <= Folding.KEPT_MAX + 5; n++) {
      world.later();
      world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", n, "heads"));
      Instance heads =
          world.of("heads").stream().filter(i -> i.state().active()).findFirst().orElseThrow();
      CloudEvent stop = world.emitted(heads, "watch", "stopsignal", 1, "x");
      oldest = oldest == null ? stop : oldest;
      world.deliver(Reaction.STOP, stop);
      world.deliver(Reaction.STOP, world.marker(heads, "watch", "stopsignal", 1));
      world.succeed(heads);
    }
    // When
    world.advance();
    world.advance(); // sees that they are gone
    world.deliver(Reaction.STOP, Objects.requireNonNull(oldest));
    // Then
    assertThat(world.of("heads")).hasSize(Folding.KEPT_MAX);
    assertThat(Objects.requireNonNull(world.run().stops().get("flip-coin")).streams())
        .hasSize(Folding.KEPT_MAX);
  }

  @Test
  void keepsAnInstanceWhoseStopHasNotComeYet() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    for (int n = 1; n <= Folding.KEPT_MAX + 5; n++) {
      world.later();
      world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", n, "heads"));
      world.succeed(
          world.of("heads").stream().filter(i -> i.state().active()).findFirst().orElseThrow());
    }
    // When
    world.advance();
    // Then
    assertThat(world.of("heads")).hasSize(Folding.KEPT_MAX + 5);
  }

  /** Worker and guest stand in a scope that is entered only after the first task. */
  private static World nested() {
    return World.begun(
        new PlanBuilder()
            .steps(
                "main", List.of(PlanBuilder.step("emitter", null), PlanBuilder.step("outer", null)))
            .steps(
                "outer",
                List.of(PlanBuilder.step("first", null)),
                List.of(PlanBuilder.step("inner", null)))
            .steps(
                "inner", List.of(PlanBuilder.step("worker", null), PlanBuilder.step("guest", null)))
            .task("emitter", List.of(), "work")
            .task("first", List.of(), null)
            .task(
                "worker",
                List.of(PlanBuilder.createdBy("work"), PlanBuilder.deletedBy("closing")),
                null)
            .task(
                "guest",
                List.of(
                    PlanBuilder.createdFromOutsideBy("order"), PlanBuilder.deletedBy("closing")),
                null)
            .build());
  }

  private static World stoppable() {
    return World.begun(
        new PlanBuilder()
            .steps(
                "main",
                List.of(PlanBuilder.step("emitter", null)),
                List.of(PlanBuilder.step("worker", null)))
            .task("emitter", List.of(), "work")
            .task(
                "worker",
                List.of(PlanBuilder.createdBy("work"), PlanBuilder.deletedBy("closing")),
                null,
                1,
                ConcurrencyPolicy.ALLOW)
            .build());
  }

  private static CloudEvent closing(World world, String id) {
    return world.external(id, "closing").withTime(world.time()).build();
  }
}
