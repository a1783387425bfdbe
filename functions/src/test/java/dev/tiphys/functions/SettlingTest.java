package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Backlog;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.StepIndex;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B1: where nobody can ask a broker what is under way, a step waits before it is complete. */
class SettlingTest {
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final String SHOP = "main[0].shop";
  private static final String LISTENER = "start main/shop";

  private final World world = World.begun(PlanBuilder.shop());

  /** One order is handled, and then the till is over. */
  private void served() {
    deliver(order("1"));
    world.succeed(world.only("shop"));
    world.succeed(world.only("till"));
  }

  private Response deliver(CloudEvent event) {
    return world.deliver(Reaction.START, event);
  }

  private CloudEvent order(String id) {
    return world.posted(id, "order", "bread");
  }

  private CloudEvent arriving(String id, Instant at) {
    return CloudEventBuilder.from(order(id))
        .withExtension(Attributes.ARRIVAL_TIME, at.atOffset(ZoneOffset.UTC))
        .build();
  }

  /** As on a cluster, where a broker cannot be asked. */
  private void look() {
    View view =
        new View(
            world.run(),
            world.instances.of(world.run().name()),
            Recall.NOTHING,
            Backlog.unknown(QUIET));
    Decision decision = Advance.decide(world.plan, new StepIndex(world.plan), view, world.now());
    world.runs.replace(decision.next(), world.summary());
  }

  private Phase shop() {
    return world.run().node(SHOP).phase();
  }

  @Test
  void isCompleteWhenNothingCameForAWhile() {
    // Given
    served();
    look();
    Phase before = shop();
    // When
    world.later(QUIET);
    look();
    // Then
    assertThat(before).isEqualTo(Phase.RUNNING);
    assertThat(world.run().settling()).isEmpty();
    assertThat(shop()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void hasItselfLookedAtWhenTheTimeIsOver() {
    // Given
    served();
    // When
    look();
    // Then
    assertThat(world.run().wakeAt()).contains(world.now().plus(QUIET));
  }

  @Test
  void isNotLookedAtAgainWhenItHasEndedOtherwise() {
    // Given
    served();
    look();
    // When
    world.reactions.end(world.run().name(), "stopped by a person");
    // Then
    assertThat(world.run().wakeAt()).isEmpty();
  }

  @Test
  @DisplayName("B1: what was sent before the end and comes after it is handled")
  void whatWasSentBeforeTheEndIsHandled() {
    // Given
    served();
    Instant sent = world.now();
    world.later();
    look();
    world.later();
    // When
    Response taken = deliver(arriving("2", sent));
    // Then
    assertThat(taken.success()).isTrue();
    assertThat(world.of("shop")).hasSize(2);
  }

  @Test
  void whatComesMeanwhilePutsTheEndOff() {
    // Given
    served();
    look();
    world.later(Duration.ofSeconds(8));
    deliver(order("2"));
    world.of("shop").stream().filter(i -> !i.state().terminal()).forEach(world::succeed);
    // When
    world.later(Duration.ofSeconds(8));
    look();
    // Then
    assertThat(shop()).isEqualTo(Phase.RUNNING);
    world.later(Duration.ofSeconds(2));
    look();
    assertThat(shop()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  @DisplayName("B1: what is sent after the end is late, however soon it comes")
  void whatIsSentAfterTheEndIsLate() {
    // Given
    served();
    look();
    world.later();
    // When
    Response late = deliver(arriving("2", world.now()));
    // Then
    assertThat(late.status()).isEqualTo(410);
    assertThat(world.of("shop")).hasSize(1);
    assertThat(world.summary().fates().of(LISTENER, Fate.LATE)).isOne();
  }

  @Test
  void aBrokerThatCanBeAskedNeedsNoWait() {
    // Given
    served();
    // When
    world.advance();
    // Then
    assertThat(shop()).isEqualTo(Phase.SUCCEEDED);
  }
}
