package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B2: a run knows events from outside again, however many there were. */
class OutsideEventsTest {
  /** What the build tries; {@code -Doutside.events=100000} tries what is promised. */
  private static final int EVENTS = Integer.getInteger("outside.events", 2_000);

  private static final int STATE_MAX = 400_000;

  /** {@code order} starts shop, if it is for bread; the run goes on while till does. */
  private static Plan bread() {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(
                PlanBuilder.step("till", null),
                PlanBuilder.step("shop", PlanBuilder.equal("order", "bread"))))
        .task("till", List.of(), null)
        .task(
            "shop",
            List.of(PlanBuilder.createdFromOutsideBy("order")),
            null,
            Start.GATED_MAX,
            ConcurrencyPolicy.ALLOW)
        .build();
  }

  private static World opened(Plan plan) {
    World world = World.begun(plan);
    world.start(world.only("till"));
    return world;
  }

  private static Response order(World world, int number, String content) {
    return world.deliver(Reaction.START, world.posted("order-" + number, "order", content));
  }

  private static void end(World world) {
    world.of("shop").stream().filter(it -> !it.state().terminal()).forEach(world::succeed);
    world.advance();
  }

  @Test
  @DisplayName("B2: an event that comes again after thousands of others starts nothing")
  void anEventThatComesAgainAfterThousandsStartsNothing() {
    // Given
    World world = opened(bread());
    for (int n = 1; n <= EVENTS; n++) {
      order(world, n, n % 1_000 == 0 ? "bread" : "cake");
    }
    end(world);
    // When: each of them would start something now
    for (int n = 1; n <= 1_000; n++) {
      assertThat(order(world, n, "bread").success()).isTrue();
    }
    // Then
    assertThat(world.tally("shop").started()).isEqualTo(EVENTS / 1_000);
    assertThat(world.tally("shop").reasons())
        .containsEntry(SkipReason.CONDITION, EVENTS - EVENTS / 1_000);
    assertThat(Json.write(world.run()).length()).isLessThan(STATE_MAX);
  }

  @Test
  @DisplayName("B2: an event whose instance is long gone starts no second one")
  void anEventWhoseInstanceIsGoneStartsNoSecondOne() {
    // Given
    World world = opened(bread());
    for (int n = 1; n <= EVENTS; n++) {
      order(world, n, "bread");
      if (n % 100 == 0) {
        end(world);
      }
    }
    end(world);
    // When
    for (int n = 1; n <= 1_000; n++) {
      assertThat(order(world, n, "bread").success()).isTrue();
    }
    // Then
    assertThat(world.tally("shop").started()).isEqualTo(EVENTS);
    assertThat(world.of("shop")).hasSizeLessThanOrEqualTo(2 * Folding.KEPT_MAX);
    assertThat(Json.write(world.run()).length()).isLessThan(STATE_MAX);
  }

  @Test
  void aPartIsWrittenBeforeTheRunThatRefersToIt() throws IOException {
    // Given
    World world = opened(bread());
    AtomicBoolean down = new AtomicBoolean();
    Reactions crashing = reactions(world, failingToReplace(world.runs, down), world.parts);
    for (int n = 1; n <= OutsideMemory.OBJECT_MAX + 1; n++) {
      order(world, n, "cake");
    }
    // When
    down.set(true);
    CloudEvent next = world.posted("next", "order", "cake");
    Response cut = crashing.subscriber(Reaction.START).deliver(next);
    down.set(false);
    // Then: what is in both places counts once, and the event was not taken
    assertThat(cut.retryable()).isTrue();
    assertThat(world.parts.find(world.run().name(), OutsideMemory.PURPOSE, 0)).isPresent();
    assertThat(world.run().memory().parts()).isEmpty();
    assertThat(world.deliver(Reaction.START, next).success()).isTrue();
    assertThat(order(world, 1, "bread").success()).isTrue();
    assertThat(world.tally("shop").skipped()).isEqualTo(OutsideMemory.OBJECT_MAX + 2);
    assertThat(world.tally("shop").started()).isZero();
  }

  @Test
  void anotherProcessKnowsWhatThisOneHasPutAside() throws IOException {
    // Given: both have read the part
    World world = opened(bread());
    Reactions other = reactions(world, world.runs, world.parts);
    int many = 2 * OutsideMemory.OBJECT_MAX;
    for (int n = 1; n <= many; n++) {
      order(world, n, "cake");
    }
    other.subscriber(Reaction.START).deliver(world.posted("order-1", "order", "bread"));
    // When
    for (int n = many + 1; n <= 2 * many; n++) {
      order(world, n, "cake");
    }
    for (int n = 1; n <= 2 * many; n++) {
      other.subscriber(Reaction.START).deliver(world.posted("order-" + n, "order", "bread"));
    }
    // Then
    assertThat(world.of("shop")).isEmpty();
    assertThat(world.tally("shop").skipped()).isEqualTo(2 * many);
  }

  @Test
  void aRunWhoseMemoryIsGoneFails() throws IOException {
    // Given
    World world = opened(bread());
    for (int n = 1; n <= 2 * OutsideMemory.OBJECT_MAX; n++) {
      order(world, n, "cake");
    }
    Reactions later = reactions(world, world.runs, new InMemoryRunParts());
    // When
    later.subscriber(Reaction.START).deliver(world.posted("next", "order", "bread"));
    // Then
    assertThat(world.phase()).isEqualTo(Phase.ERROR);
    assertThat(world.summary().message()).contains("part 0").contains("is gone");
  }

  @Test
  void aRunThatCanRememberNoMoreTakesNoOthersAndSaysSo() {
    // Given
    World world = opened(bread());
    order(world, 1, "cake");
    fill(world);
    Run full = world.run();
    // When
    Response refused = order(world, 2, "bread");
    // Then
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem()).contains("as many events from outside as it can know again");
    assertThat(world.run().nodes()).isEqualTo(full.nodes());
    assertThat(world.run().fates().of(Fate.REFUSED)).isOne();
    assertThat(world.of("shop")).isEmpty();
    // and what it has taken before it still knows
    assertThat(order(world, 1, "bread").success()).isTrue();
  }

  @Test
  void aSenderInTheSameProcessIsToldThatTheMemoryIsFull() {
    // Given
    World world = opened(bread());
    fill(world);
    // When
    Optional<Response> told =
        world.reactions.refusal(world.plan.id(), world.posted("2", "order", "bread"));
    // Then
    assertThat(told).hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(429));
  }

  @Test
  void anEventThatOneListenerHasNoRoomForIsTakenByNone() {
    // Given: two steps take orders, and the queue of one is full
    Plan plan =
        new PlanBuilder()
            .steps("main", List.of(PlanBuilder.step("shop", null), PlanBuilder.step("log", null)))
            .task("shop", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .task("log", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .build();
    World world = World.begun(plan);
    world.queue("main[0].log", "log", Start.GATED_MAX);
    Run before = world.run();
    // When
    Response busy = order(world, 1, "bread");
    // Then
    assertThat(busy.status()).isEqualTo(429);
    assertThat(world.run()).isEqualTo(before);
    assertThat(world.of("shop")).isEmpty();
  }

  private static void fill(World world) {
    Run run = world.run();
    OutsideMemory memory = run.memory();
    for (int part = 0; part < OutsideMemory.PARTS_MAX; part++) {
      world.parts.write(
          RunParts.Part.create(run.name(), OutsideMemory.PURPOSE, part)
              .withData("0".repeat(22 * OutsideMemory.PART_MAX)));
      memory = memory.withPart(part, OutsideMemory.PART_MAX);
    }
    assertThat(world.runs.replace(run.withMemory(memory), world.summary())).isTrue();
  }

  private static Reactions reactions(World world, Runs runs, RunParts parts) {
    return new Reactions(
        id -> Optional.of(world.plan), runs, parts, world.instances, world.keys, world::now);
  }

  private static Runs failingToReplace(Runs runs, AtomicBoolean down) {
    return new ForwardingRuns(runs) {
      @Override
      public boolean replace(Run run, Summary summary) {
        if (down.get()) {
          throw new Unavailable("down");
        }
        return super.replace(run, summary);
      }
    };
  }
}
