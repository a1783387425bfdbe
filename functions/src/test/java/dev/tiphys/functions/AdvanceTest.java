package dev.tiphys.functions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.StepIndex;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvanceTest {
  @Test
  void startsTheStepsOfAGroupSideBySideAndTheNextGroupAfterThem() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("a", null), PlanBuilder.step("b", null)),
                    List.of(PlanBuilder.step("c", null)))
                .task("a", List.of(), null)
                .task("b", List.of(), null)
                .task("c", List.of(), null)
                .build());
    world.succeed(world.only("a"));
    world.advance();
    boolean tooEarly = !world.of("c").isEmpty();
    world.succeed(world.only("b"));
    // When
    world.advance();
    // Then
    assertThat(tooEarly).isFalse();
    assertThat(world.only("c").state()).isEqualTo(State.PENDING);
  }

  @Test
  void opensGatesOldestFirstWhenInstancesEnd() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    for (int n = 1; n <= 4; n++) {
      world.later();
      world.deliver(Reaction.START, coin(world, n));
    }
    Instance oldestWaiting =
        world.of("heads").stream()
            .filter(i -> i.state() == State.GATED)
            .min(Comparator.comparing(Instance::createdAt))
            .orElseThrow();
    world.succeed(
        world.of("heads").stream().filter(i -> i.state().active()).findFirst().orElseThrow());
    // When
    world.advance();
    // Then
    assertThat(world.instances.find(oldestWaiting.name()).orElseThrow().state())
        .isEqualTo(State.PENDING);
    assertThat(world.of("heads").stream().filter(i -> i.state() == State.GATED)).hasSize(1);
  }

  @Test
  void failsTheRunWithAMessageThatNamesTheInstanceAndStopsTheRest() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    world.start(world.only("flip-coin"));
    world.deliver(Reaction.START, coin(world, 1));
    Instance heads = world.only("heads");
    world.fail(heads);
    // When
    world.advance();
    world.advance();
    // Then
    assertThat(world.only("flip-coin").state()).isEqualTo(State.STOPPED);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).contains(heads.name()).contains("exit code 1");
  }

  @Test
  void failsARunWhoseEventsAreLostWithTheirSidecar() {
    // Given: one event of the stream was heard, its end never comes
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "tails"));
    world.succeed(flip);
    world.advance();
    Phase waiting = world.phase();
    world.instances.cutOff(flip.name());
    // When
    world.advance();
    // Then
    assertThat(waiting).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).contains("events of " + flip.name() + " are lost");
  }

  @Test
  void waitsNoLongerForAStreamOfAStoppedTaskWhoseSidecarIsGoneForGood() {
    // Given: a stop means that no more is wanted
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    Instance heads = world.succeedHeads(flip);
    world.deliver(Reaction.STOP, world.emitted(heads, "watch", "stopsignal", 1, "success"));
    world.instances.cutOff(flip.name());
    // When
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void endsARunThatAPersonStops() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    world.start(world.only("flip-coin"));
    // When
    world.runs.control(world.run().name(), Run.Control.STOP);
    world.advance();
    // Then
    assertThat(world.only("flip-coin").state()).isEqualTo(State.STOPPED);
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.summary().message()).isEqualTo("stopped by a person");
  }

  @Test
  void aRunWhoseTasksTheClusterRefusesIsInError() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    world.start(flip);
    world.instances.refuse("set a security context");
    // When
    Response refused =
        world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    world.deliver(Reaction.ADVANCE, requireNonNull(refused.reply()));
    // Then
    assertThat(world.only("flip-coin").state()).isEqualTo(State.STOPPED);
    assertThat(world.phase()).isEqualTo(Phase.ERROR);
    assertThat(world.summary().message()).isEqualTo("set a security context");
  }

  @Test
  void goesOnAfterAFailedStepThatMayFail() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.continuing("a")),
                    List.of(PlanBuilder.step("b", null)))
                .task("a", List.of(), null)
                .task("b", List.of(), null)
                .build());
    world.fail(world.only("a"));
    // When
    world.advance();
    // Then
    assertThat(world.of("b")).hasSize(1);
  }

  @Test
  void waitsForEventsThatAreStillOnTheirWay() {
    // Given: the marker says two events, one has come
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    world.succeed(flip);
    world.deliver(Reaction.START, world.marker(flip, "watch", "coin", 2));
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 2, "tails"));
    world.advance();
    Phase early = world.phase();
    // When
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "tails"));
    world.advance();
    // Then
    assertThat(early).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void letsStepsThatFeedEachOtherComeToRestTogether() {
    // Given: seed emits ping; ping starts pong's emitter, which starts ping's
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("seed", null)),
                    List.of(PlanBuilder.step("pinged", null), PlanBuilder.step("ponged", null)))
                .task("seed", List.of(), "ping")
                .task("pinged", List.of(PlanBuilder.createdBy("ping")), "pong")
                .task("ponged", List.of(PlanBuilder.createdBy("pong")), "ping")
                .build());
    Instance seed = world.only("seed");
    world.deliver(Reaction.START, world.emitted(seed, "watch", "ping", 1, "x"));
    world.succeed(seed);
    world.deliver(Reaction.START, world.marker(seed, "watch", "ping", 1));
    Instance pinged = world.only("pinged");
    world.succeed(pinged);
    world.advance();
    Phase early = world.phase();
    // When
    world.deliver(Reaction.START, world.marker(pinged, "watch", "pong", 0));
    world.advance();
    // Then
    assertThat(early).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void doesNotWaitForEventsThatASidecarSendsElsewhere() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("source", null), PlanBuilder.step("elsewhere", null)),
                    List.of(PlanBuilder.step("listener", null)))
                .task("source", List.of(), "line")
                .taskWithSink("elsewhere", "line", URI.create("http://other.example/"))
                .task("listener", List.of(PlanBuilder.createdBy("line")), null)
                .build());
    Instance source = world.only("source");
    world.deliver(Reaction.START, world.marker(source, "watch", "line", 0));
    world.succeed(source);
    world.succeed(world.only("elsewhere"));
    // When
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void failsARunWhoseScopesCallThemselvesTooOften() {
    // Given: two calls of itself in one group would be more than 2^100 nodes
    World world =
        new World(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.calling("a", "main"), PlanBuilder.calling("b", "main")))
                .build());
    world.begin("{}");
    // When
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(world.run().nodes()).hasSizeLessThan(Entering.NODES_MAX + 3 * Entering.DEPTH_MAX);
  }

  @Test
  void waitsForTheFirstEventFromOutside() {
    // Given
    World world = World.begun(approval());
    world.succeed(world.only("build"));
    world.advance();
    Phase waiting = world.phase();
    world.deliver(
        Reaction.START,
        world
            .external("1", "approved")
            .withData("application/json", "{\"content\": \"yes\"}".getBytes(StandardCharsets.UTF_8))
            .build());
    world.succeed(world.only("deploy"));
    // When
    world.advance();
    // Then
    assertThat(waiting).isEqualTo(Phase.RUNNING);
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void foldsOldInstancesIntoTheRunAndRemembersTheirEvents() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("flip-coin", null)),
                    List.of(PlanBuilder.step("heads", null)))
                .task("flip-coin", List.of(), "coin")
                .task("heads", List.of(PlanBuilder.createdBy("coin")), null)
                .build());
    world.start(world.only("flip-coin"));
    int many = Folding.KEPT_MAX + 5;
    for (int n = 1; n <= many; n++) {
      world.later();
      world.deliver(Reaction.START, coin(world, n));
      world.advance();
      Instance newest =
          world.of("heads").stream().filter(i -> i.state().active()).findFirst().orElseThrow();
      world.succeed(newest);
    }
    // When
    world.advance();
    world.deliver(Reaction.START, coin(world, 1));
    // Then
    assertThat(world.of("heads")).hasSize(Folding.KEPT_MAX);
    assertThat(world.tally("heads")).isEqualTo(new Tally(many, many, 0, 0, 0));
  }

  @Test
  void keepsAnInstanceWhoseStreamSomebodyHasNotHeardToTheEnd() {
    // Given: a chain, whose last step waits for the ends of the middle one's streams
    World world = World.begun(PlanBuilder.chain());
    Instance first = world.only("first");
    world.start(first);
    for (int n = 1; n <= Folding.KEPT_MAX + 5; n++) {
      world.later();
      world.deliver(Reaction.START, world.emitted(first, "watch", "one", n, "x"));
      world.succeed(
          world.of("middle").stream().filter(i -> i.state().active()).findFirst().orElseThrow());
    }
    // When
    world.advance();
    // Then
    assertThat(world.of("middle")).hasSize(Folding.KEPT_MAX + 5);
  }

  @Test
  void keepsTheLimitOfTheWholeRun() {
    // Given
    World world =
        World.begun(
            new PlanBuilder()
                .parallelism(2)
                .steps(
                    "main",
                    List.of(
                        PlanBuilder.step("a", null),
                        PlanBuilder.step("b", null),
                        PlanBuilder.step("c", null)))
                .task("a", List.of(), null)
                .task("b", List.of(), null)
                .task("c", List.of(), null)
                .build());
    // When
    world.advance();
    // Then
    assertThat(world.instances.of(world.run().name()).stream().filter(i -> i.state().active()))
        .hasSize(2);
  }

  @Test
  void changesNothingWhenCalledAgain() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    world.deliver(Reaction.START, coin(world, 1));
    var run = world.run();
    // When
    Decision again =
        Advance.decide(
            world.plan,
            new StepIndex(world.plan),
            new View(run, world.instances.of(run.name())),
            World.EPOCH);
    // Then
    assertThat(again.next()).isEqualTo(run);
    assertThat(again.effects()).isEmpty();
  }

  private static Plan approval() {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("build", null)),
            List.of(PlanBuilder.step("deploy", null)))
        .task("build", List.of(), null)
        .task("deploy", List.of(PlanBuilder.createdFromOutsideBy("approved")), null)
        .build();
  }

  private static CloudEvent coin(World world, long n) {
    return world.emitted(world.only("flip-coin"), "watch", "coin", n, "heads");
  }
}
