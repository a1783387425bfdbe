package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateTest {
  private static final String SCREEN = "main[0].screen";

  private final World world = World.begun(screen(PlanBuilder.updatedBy("progress")));
  private final Instance source = world.only("source");
  private final Instance screen = world.only("screen");

  @Test
  void beginsWithTheDefaultBeforeTheFirstEvent() {
    assertThat(shown(screen)).isEqualTo("none yet");
    assertThat(spec(screen).launch().args()).containsExactly("none yet");
  }

  @Test
  void givesARunningInstanceTheNewValue() {
    // Given
    world.start(screen);
    // When
    world.deliver(Reaction.UPDATE, progress(1, "10 %"));
    // Then
    assertThat(shown(screen)).isEqualTo("10 %");
    assertThat(spec(screen).launch().args()).containsExactly("none yet");
  }

  @Test
  void anOlderEventOfAStreamThatComesLateChangesNothing() {
    // Given
    CloudEvent older = progress(1, "10 %");
    world.deliver(Reaction.UPDATE, progress(2, "20 %"));
    // When
    world.deliver(Reaction.UPDATE, older);
    // Then
    assertThat(shown(screen)).isEqualTo("20 %");
  }

  @Test
  void anOlderEventCountsWhereTheNewerOneDidNotFit() {
    // Given
    CloudEvent older = progress(1, "10 %");
    CloudEvent unusable =
        world.signed(
            CloudEventBuilder.from(progress(2, ""))
                .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .build());
    Response refused = world.deliver(Reaction.UPDATE, unusable);
    // When
    world.deliver(Reaction.UPDATE, older);
    // Then
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).contains("content", "screen");
    assertThat(shown(screen)).isEqualTo("10 %");
  }

  @Test
  void ofSeveralSourcesTheOneThatIsHandledLastCounts() {
    // Given
    Plan plan = screen(PlanBuilder.updatedBy("posted"));
    World outside = World.begun(plan);
    CloudEvent first = outside.posted("1", "posted", "one");
    // When
    outside.deliver(Reaction.UPDATE, first);
    outside.deliver(Reaction.UPDATE, outside.posted("2", "posted", "two"));
    outside.deliver(Reaction.UPDATE, first);
    // Then
    assertThat(outside.instances.parameters(outside.only("screen").name()))
        .containsEntry("posted", "two");
  }

  @Test
  void anInstanceThatIsCreatedLaterBeginsWithTheNewestValue() {
    // Given
    World later = new World(screen(PlanBuilder.updatedBy("posted")));
    later.begin("{}");
    later.deliver(Reaction.UPDATE, later.posted("1", "posted", "one"));
    // When
    later.advance();
    // Then
    InstanceSpec spec = later.instances.spec(later.only("screen").name()).orElseThrow();
    assertThat(spec.parameters()).containsEntry("posted", "one");
    assertThat(spec.launch().args()).containsExactly("one");
    assertThat(spec.revision()).isEqualTo(1);
  }

  @Test
  void anInstanceThatWasCreatedByWhoHadReadTheRunBeforeIsGivenItWhenItShowsItself() {
    // Given
    World raced = new World(screen(PlanBuilder.updatedBy("posted")));
    raced.begin("{}");
    InstanceSpec old =
        InstanceSpecs.ordinary(
            raced.run(),
            SCREEN,
            (Node.Task) raced.run().node(SCREEN),
            raced.plan.task("screen"),
            false);
    raced.deliver(Reaction.UPDATE, raced.posted("1", "posted", "one"));
    raced.instances.create(old);
    // When
    raced.advance();
    // Then
    assertThat(raced.instances.parameters(old.identity().name())).containsEntry("posted", "one");
  }

  @Test
  void reachesEachInstanceOfAnEventStartedTask() {
    // Given: one runs, one waits
    World many =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("source", null)),
                    List.of(PlanBuilder.step("worker", null)))
                .task("source", List.of(), "work")
                .task(
                    "worker",
                    List.of(PlanBuilder.createdBy("work"), PlanBuilder.updatedBy("speed")),
                    null,
                    1,
                    ConcurrencyPolicy.ALLOW)
                .build());
    Instance emitter = many.only("source");
    many.start(emitter);
    IntStream.of(1, 2)
        .forEach(n -> many.deliver(Reaction.START, many.emitted(emitter, "watch", "work", n, "x")));
    // When
    many.deliver(Reaction.UPDATE, many.posted("1", "speed", "fast"));
    // Then
    assertThat(many.of("worker"))
        .hasSize(2)
        .allSatisfy(
            worker ->
                assertThat(many.instances.parameters(worker.name()))
                    .containsEntry("work", "x")
                    .containsEntry("speed", "fast"));
  }

  @Test
  void leavesAnInstanceThatHasEndedAsItIs() {
    // Given
    world.succeed(screen);
    // When
    world.deliver(Reaction.UPDATE, progress(1, "10 %"));
    // Then
    assertThat(shown(screen)).isEqualTo("none yet");
  }

  @Test
  void dropsWhatTheRunHasNotSigned() {
    // Given
    CloudEvent forged =
        CloudEventBuilder.from(progress(1, "10 %"))
            .withExtension(Attributes.SIGNATURE, "forged")
            .build();
    // When
    Response response = world.deliver(Reaction.UPDATE, forged);
    // Then
    assertThat(response.success()).isTrue();
    assertThat(shown(screen)).isEqualTo("none yet");
    assertThat(world.run().updated()).isEmpty();
  }

  @Test
  void refusesAValueThatNoProcessCouldBeGiven() {
    // When
    Response response =
        world.deliver(Reaction.UPDATE, progress(1, "x".repeat(Values.BYTES_MAX + 1)));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(shown(screen)).isEqualTo("none yet");
  }

  @Test
  void saysThatTheRunIsOver() {
    // Given
    world.succeed(source);
    world.succeed(screen);
    world.advance();
    // When
    Response response = world.deliver(Reaction.UPDATE, progress(1, "10 %"));
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(response.status()).isEqualTo(410);
    assertThat(world.summary().missed().late()).isEqualTo(1);
  }

  @Test
  void keepsAnEmitterWhoseUpdatesHaveNotComeYet() {
    // Given: more instances than are kept, of which only the first one's events were heard
    World many =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("screen", null)),
                    List.of(PlanBuilder.step("worker", null)))
                .task("screen", List.of(PlanBuilder.updatedBy("progress")), null)
                .task("worker", List.of(PlanBuilder.createdFromOutsideBy("work")), "progress")
                .build());
    many.start(many.only("screen"));
    for (int n = 1; n <= Folding.KEPT_MAX + 5; n++) {
      many.later();
      many.deliver(Reaction.START, many.posted("work-" + n, "work", "x"));
      Instance worker =
          many.of("worker").stream().filter(i -> i.state().active()).findFirst().orElseThrow();
      if (n == 1) {
        many.deliver(Reaction.UPDATE, many.emitted(worker, "watch", "progress", 1, "x"));
        many.deliver(Reaction.UPDATE, many.marker(worker, "watch", "progress", 1));
      }
      many.succeed(worker);
    }
    // When
    many.advance();
    many.advance(); // sees that they are gone
    // Then
    assertThat(many.of("worker")).hasSize(Folding.KEPT_MAX + 4);
    assertThat(many.run().updated("screen").heard().streams()).isEmpty();
    assertThat(many.run().updated("screen").texts()).containsEntry("progress", "x");
  }

  @Test
  void restartsAnInstanceOnceHoweverOftenTheEventComes() {
    // Given
    World restarting = restarting();
    Instance first = restarting.only("screen");
    CloudEvent event = restarting.posted("1", "posted", "one");
    // When
    Response woken = restarting.deliver(Reaction.UPDATE, event);
    restarting.advance();
    restarting.advance();
    restarting.deliver(Reaction.UPDATE, event);
    restarting.advance();
    // Then
    assertThat(woken.reply()).isNotNull();
    Instance second = successor(restarting, first);
    assertThat(restarting.of("screen")).hasSize(2);
    assertThat(restarting.instances.find(first.name()).orElseThrow().state())
        .isEqualTo(State.STOPPED);
    assertThat(restarting.instances.spec(second.name()).orElseThrow().launch().args())
        .containsExactly("one", "");
  }

  @Test
  void wakesAdvanceAgainForARestart() {
    // Given: the first answer is lost
    World restarting = restarting();
    CloudEvent event = restarting.posted("1", "posted", "one");
    restarting.deliver(Reaction.UPDATE, event);
    // When
    Response again = restarting.deliver(Reaction.UPDATE, event);
    // Then
    assertThat(again.reply()).isNotNull();
  }

  @Test
  void aStepGoesOnUntilTheSuccessorEnds() {
    // Given
    World restarting = restarting();
    Instance first = restarting.only("screen");
    restarting.succeed(restarting.only("source"));
    restarting.deliver(Reaction.UPDATE, restarting.posted("1", "posted", "one"));
    restarting.advance();
    restarting.advance();
    Phase between = restarting.phase();
    // When
    restarting.succeed(successor(restarting, first));
    restarting.advance();
    // Then
    assertThat(between).isEqualTo(Phase.RUNNING);
    assertThat(restarting.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(restarting.tally("screen")).isEqualTo(new Tally(2, 1, 0, 1, 0));
  }

  @Test
  void restartsOnceForEventsThatComeBeforeThePredecessorHasEnded() {
    // Given
    World restarting = restarting();
    Instance first = restarting.only("screen");
    restarting.deliver(Reaction.UPDATE, restarting.posted("1", "posted", "one"));
    restarting.deliver(Reaction.UPDATE, restarting.posted("2", "posted", "two"));
    // When
    restarting.advance();
    restarting.advance();
    // Then
    assertThat(
            restarting
                .instances
                .spec(successor(restarting, first).name())
                .orElseThrow()
                .launch()
                .args())
        .containsExactly("two", "");
  }

  @Test
  void keepsABoundedNumberOfPredecessorsAndCountsThemAll() {
    // Given
    World restarting = restarting();
    int restarts = Folding.KEPT_MAX + 20;
    // When
    for (int n = 1; n <= restarts; n++) {
      restarting.later();
      restarting.deliver(Reaction.UPDATE, restarting.posted("event-" + n, "posted", "x"));
      restarting.advance();
      restarting.advance();
    }
    restarting.advance();
    // Then: beside them the one that is wanted, and the first, which no event has started
    assertThat(restarting.of("screen")).hasSize(Folding.KEPT_MAX + 2);
    assertThat(restarting.tally("screen").stopped()).isEqualTo(restarts);
    assertThat(restarting.phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void doesNotRestartATaskThatHasEnded() {
    // Given
    World restarting = restarting();
    restarting.succeed(restarting.only("screen"));
    // When
    restarting.deliver(Reaction.UPDATE, restarting.posted("1", "posted", "one"));
    restarting.advance();
    // Then
    assertThat(restarting.only("screen").state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void doesNotRestartATaskThatAnEventHasStopped() {
    // Given
    World restarting = restarting();
    restarting.deliver(Reaction.UPDATE, restarting.posted("1", "posted", "one"));
    restarting.deliver(Reaction.STOP, restarting.external("2", "closing").build());
    // When
    restarting.deliver(Reaction.UPDATE, restarting.posted("3", "posted", "three"));
    restarting.advance();
    restarting.advance();
    // Then
    assertThat(restarting.only("screen").state()).isEqualTo(State.STOPPED);
  }

  private static World restarting() {
    World restarting =
        World.begun(screen(PlanBuilder.restartedBy("posted"), PlanBuilder.deletedBy("closing")));
    restarting.start(restarting.only("screen"));
    return restarting;
  }

  private static Instance successor(World world, Instance first) {
    return world.of("screen").stream()
        .filter(instance -> !instance.name().equals(first.name()))
        .findFirst()
        .orElseThrow();
  }

  private static Plan screen(Input... inputs) {
    return new PlanBuilder()
        .steps("main", List.of(PlanBuilder.step("source", null), PlanBuilder.step("screen", null)))
        .task("source", List.of(), "progress")
        .task("screen", List.of(inputs), null)
        .build();
  }

  private CloudEvent progress(long n, String content) {
    return world.emitted(source, "watch", "progress", n, content);
  }

  private String shown(Instance instance) {
    return Objects.requireNonNull(world.instances.parameters(instance.name()).get("progress"));
  }

  private InstanceSpec spec(Instance instance) {
    return world.instances.spec(instance.name()).orElseThrow();
  }
}
