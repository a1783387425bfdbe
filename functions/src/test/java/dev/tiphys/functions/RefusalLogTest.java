package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final int MANY = 20;

  private final World world = World.begun(PlanBuilder.coinflip());
  private final LoggedLines lines = LoggedLines.of(Reactions.class.getName());

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  @DisplayName("E9: forged events are one line a minute, with the number of the others")
  void e9ForgedEventsAreOneLineAMinute() throws IOException {
    // When
    deliver(world.reactions, MANY);
    world.later(Duration.ofMinutes(1));
    deliver(world.reactions, 1);

    // Then
    assertThat(lines.all()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("dropped"));
    assertThat(lines.all().getFirst()).doesNotContain("more before");
    assertThat(lines.all().getLast()).endsWith("(and 19 more before)");
  }

  @Test
  @DisplayName("E9: events that no plan can take are one line a minute")
  void e9RefusedEventsAreOneLineAMinute() throws IOException {
    // Given
    Reactions reactions = failing(new Refused("the plan was made by another Tiphys"));

    // When
    deliver(reactions, MANY);
    world.later(Duration.ofMinutes(1));
    deliver(reactions, 1);

    // Then
    assertThat(lines.all())
        .containsExactly(
            "refused: the plan was made by another Tiphys",
            "refused: the plan was made by another Tiphys (and 19 more before)");
  }

  @Test
  @DisplayName("E9: events that come while the cluster is away are one line a minute")
  void e9DeferredEventsAreOneLineAMinute() throws IOException {
    // Given
    Reactions reactions = failing(new Unavailable("the plan cannot be read"));

    // When
    deliver(reactions, MANY);

    // Then
    assertThat(lines.all()).containsExactly("asked to come again: the plan cannot be read");
  }

  /** Functions that cannot read their plans. */
  private Reactions failing(RuntimeException failure) {
    Plans plans =
        id -> {
          throw failure;
        };
    return new Reactions(plans, world.runs, world.parts, world.instances, world.keys, world::now);
  }

  /** Unsigned events of a type that only tasks of a run emit. */
  private void deliver(Reactions reactions, int count) throws IOException {
    Subscriber start = reactions.subscriber(Reaction.START);
    for (CloudEvent event : forged(count)) {
      start.deliver(event);
    }
  }

  private List<CloudEvent> forged(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> world.external("forged-" + n, "coin").build())
        .toList();
  }
}
