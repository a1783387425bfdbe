package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.PodFields;
import dev.tiphys.triggers.plan.Reaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Instances that were let go and cannot begin. */
class NotStartingTest {
  private static final String NO_IMAGE = "ImagePullBackOff x:1: not found";

  @Test
  @DisplayName("B9: for what a task waits is the message of its step and of the run")
  void whatATaskWaitsForIsTold() {
    // Given
    World world = World.begun(oneTask());
    // When
    waits(world, world.only("one"), NO_IMAGE);
    world.advance();
    // Then
    assertThat(world.run().node("main[0].one").message()).isEqualTo(NO_IMAGE);
    assertThat(world.phase()).isEqualTo(Phase.RUNNING);
    assertThat(world.summary().message()).isEqualTo("one: " + NO_IMAGE);
  }

  @Test
  @DisplayName("B9: for what an event-started task waits is the message of its step")
  void whatAnEventStartedTaskWaitsForIsTold() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    world.start(flip);
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    // When
    waits(world, world.only("heads"), NO_IMAGE);
    world.advance();
    // Then
    assertThat(world.summary().message()).isEqualTo("heads: " + NO_IMAGE);
  }

  @Test
  @DisplayName("B9: of several steps that wait the first is told, and how many more there are")
  void severalAreCounted() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main", List.of(PlanBuilder.step("one", null), PlanBuilder.step("two", null)))
                .task("one", List.of(), null)
                .task("two", List.of(), null)
                .build());
    // When
    waits(world, world.only("one"), NO_IMAGE);
    waits(world, world.only("two"), "Unschedulable");
    world.advance();
    // Then
    assertThat(world.summary().message()).isEqualTo("one: " + NO_IMAGE + " (and 1 more)");
  }

  @Test
  @DisplayName("B9: what has begun waits for nothing any more")
  void whatBeginsWaitsNoMore() {
    // Given
    World world = World.begun(oneTask());
    waits(world, world.only("one"), NO_IMAGE);
    world.advance();
    // When
    world.start(world.only("one"));
    world.advance();
    // Then
    assertThat(world.summary().message()).isEmpty();
  }

  @Test
  @DisplayName("B9: a task that does not start in its time has failed, and says what it waited for")
  void whatDoesNotStartInItsTimeHasFailed() {
    // Given
    World world = World.begun(oneTask());
    waits(world, world.only("one"), NO_IMAGE);
    world.advance();
    world.later(PodFields.DEFAULT_PENDING_TIMEOUT.minusSeconds(1));
    world.advance();
    Phase inTime = world.phase();
    // When
    world.later(Duration.ofSeconds(1));
    world.advance();
    world.advance();
    // Then
    assertThat(inTime).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).endsWith("did not start within 600 s: " + NO_IMAGE);
    assertThat(world.tally("one").failed()).isEqualTo(1);
  }

  @Test
  @DisplayName("B9: the time that an instance has waited for its turn does not count")
  void waitingForATurnDoesNotCount() {
    // Given: one at a time
    World world = World.begun(PlanBuilder.coinflip(1, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    world.start(flip);
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    Instance first = world.only("heads");
    world.start(first);
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 2, "heads"));
    // When
    world.later(Duration.ofHours(1));
    world.succeed(first);
    world.advance();
    world.advance();
    // Then
    assertThat(world.tally("heads").failed()).isZero();
    assertThat(world.of("heads")).extracting(Instance::state).contains(State.PENDING);
  }

  @Test
  @DisplayName("B9: what has begun has all the time that it needs")
  void whatHasBegunHasAllTheTime() {
    // Given
    World world = World.begun(oneTask());
    world.start(world.only("one"));
    // When
    world.later(Duration.ofDays(1));
    world.advance();
    // Then
    assertThat(world.only("one").state()).isEqualTo(State.RUNNING);
  }

  @Test
  @DisplayName("B9: a quota that is used up is told, and the event comes again")
  void aUsedUpQuotaIsTold() {
    // Given
    World world = new World(oneTask());
    world.begin("{}");
    world.instances.fill("exceeded quota: none");
    // When
    Response response = world.deliver(Reaction.ADVANCE, world.sign(EventTypes.RUN_CHANGED));
    String full = world.summary().message();
    world.instances.fill(null);
    world.advance();
    world.advance();
    // Then
    assertThat(response.retryable()).isTrue();
    assertThat(full).isEqualTo("one: exceeded quota: none");
    assertThat(world.only("one").state()).isEqualTo(State.PENDING);
    assertThat(world.summary().message()).isEmpty();
  }

  private static Plan oneTask() {
    return new PlanBuilder()
        .steps("main", List.of(PlanBuilder.step("one", null)))
        .task("one", List.of(), null)
        .build();
  }

  private static void waits(World world, Instance instance, String message) {
    world.instances.move(instance.name(), State.PENDING, State.PENDING, message);
  }
}
