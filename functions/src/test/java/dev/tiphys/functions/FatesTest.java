package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each event has one fate at each who listens to it, and its run counts it. */
class FatesTest {
  private static final String SHOP = "start main/shop";

  /** A step that orders start and {@code closing} stops, beside one that goes on. */
  private static World opened() {
    Plan plan =
        new PlanBuilder()
            .steps(
                "main",
                List.of(PlanBuilder.step("till", null), PlanBuilder.step("shop", null)),
                List.of(PlanBuilder.step("count", null)))
            .task("till", List.of(), null)
            .task(
                "shop",
                List.of(
                    PlanBuilder.createdFromOutsideBy("order"), PlanBuilder.deletedBy("closing")),
                null)
            .task("count", List.of(), null)
            .build();
    return World.begun(plan);
  }

  private static Response order(World world, String id) {
    return world.deliver(Reaction.START, world.posted(id, "order", "bread"));
  }

  private static Response unusable(World world, String id) {
    return world.deliver(Reaction.START, world.external(id, "order").build());
  }

  private static int count(World world, String listener, Fate fate) {
    return world.summary().fates().of(listener, fate);
  }

  @Test
  void whatHasAnInstanceIsStarted() {
    // Given
    World world = opened();
    // When
    order(world, "1");
    // Then
    assertThat(count(world, SHOP, Fate.STARTED)).isOne();
    assertThat(world.run().fates().isEmpty()).isTrue();
  }

  @Test
  void whatComesAgainIsNotCountedAgain() {
    // Given
    World world = opened();
    order(world, "1");
    // When
    order(world, "1");
    // Then
    assertThat(count(world, SHOP, Fate.STARTED)).isOne();
    assertThat(world.summary().fates().of(Fate.DUPLICATE)).isZero();
  }

  @Test
  void whatWaitedWhenItsStopCameIsSuperseded() {
    // Given
    World world = World.begun(PlanBuilder.coinflip(1, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    world.start(flip);
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 2, "heads"));
    Instance queued =
        world.of("heads").stream().filter(i -> i.state() == State.GATED).findFirst().orElseThrow();
    // When
    world.instances.stop(queued.name(), "stopped by an event");
    // Then
    assertThat(count(world, "start main/heads", Fate.STARTED)).isOne();
    assertThat(count(world, "start main/heads", Fate.SUPERSEDED)).isOne();
  }

  @Test
  void theStopItselfIsCounted() {
    // Given
    World world = opened();
    // When
    world.deliver(Reaction.STOP, world.posted("c", "closing", ""));
    world.deliver(Reaction.STOP, world.posted("c", "closing", ""));
    // Then
    assertThat(count(world, "stop shop", Fate.STOPPED)).isOne();
  }

  @Test
  void whatIsOfNoUseIsCountedAndNotRemembered() {
    // Given
    World world = opened();
    // When
    Response refused = unusable(world, "1");
    Response mended = order(world, "1");
    // Then
    assertThat(refused.status()).isEqualTo(422);
    assertThat(mended.success()).isTrue();
    assertThat(world.of("shop")).hasSize(1);
    assertThat(count(world, SHOP, Fate.MISSING_FIELD)).isOne();
    assertThat(world.tally("shop").skipped()).isOne();
  }

  @Test
  void refusedEventsAloneHaveARunWrittenOnceAMinute() {
    // Given
    World world = opened();
    unusable(world, "first");
    String version = world.run().version();
    // When
    for (int n = 1; n <= 50; n++) {
      unusable(world, "" + n);
    }
    // Then
    assertThat(world.run().version()).isEqualTo(version);
    // and when the minute is over
    world.later(Duration.ofMinutes(1));
    world.reactions.countRefused(false);
    assertThat(count(world, SHOP, Fate.MISSING_FIELD)).isEqualTo(51);
    assertThat(world.tally("shop").skipped()).isEqualTo(51);
  }

  @Test
  void whatEndsHasTheRestCountedAtOnce() {
    // Given
    World world = opened();
    unusable(world, "1");
    unusable(world, "2");
    // When
    world.reactions.countRefused(true);
    // Then
    assertThat(count(world, SHOP, Fate.MISSING_FIELD)).isEqualTo(2);
  }

  @Test
  void anEndedRunIsAccountedForWhenItsStreamsAreHeardToTheEnd() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    world.fail(flip);
    world.advance();
    List<String> before = world.summary().outstanding();
    // When
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    world.deliver(Reaction.START, world.marker(flip, "watch", "coin", 1));
    world.deliver(Reaction.STOP, world.emitted(flip, "watch", "coin", 1, "heads"));
    world.deliver(Reaction.STOP, world.marker(flip, "watch", "coin", 1));
    // Then
    assertThat(before).anySatisfy(text -> assertThat(text).startsWith("start main/heads"));
    assertThat(world.summary().outstanding()).isEmpty();
    assertThat(count(world, "start main/heads", Fate.LATE)).isOne();
  }

  @Test
  @DisplayName("B1: a start that its stop has overtaken is superseded, though its step is complete")
  void aStartThatItsStopHasOvertakenIsSuperseded() {
    // Given
    World world = opened();
    order(world, "1");
    world.start(world.only("shop"));
    OffsetDateTime sent = world.time();
    world.later();
    world.deliver(Reaction.STOP, world.posted("c", "closing", ""));
    world.succeed(world.only("till"));
    world.advance();
    // When
    Response overtaken =
        world.deliver(
            Reaction.START,
            CloudEventBuilder.from(world.posted("2", "order", "bread"))
                .withExtension(Attributes.ARRIVAL_TIME, sent)
                .build());
    // Then
    assertThat(world.run().node("main[0].shop").phase().complete()).isTrue();
    assertThat(overtaken.success()).isTrue();
    assertThat(count(world, SHOP, Fate.SUPERSEDED)).isOne();
  }

  @Test
  void refusedEventsTakeNoRoomInTheMemory() {
    // Given
    World world = opened();
    // When
    for (int n = 1; n <= 2_000; n++) {
      unusable(world, "" + n);
    }
    // Then
    assertThat(world.run().memory().parts()).isEmpty();
    assertThat(world.run().armed("main[0].shop").heard().outside()).isEmpty();
  }
}
