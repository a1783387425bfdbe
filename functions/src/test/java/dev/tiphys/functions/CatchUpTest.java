package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which events a function waits for. */
class CatchUpTest {
  private static final String FAR = "9000000000000000000";
  private final World world = World.begun(PlanBuilder.coinflip());
  private final List<String> awaited = new ArrayList<>();
  private final Reactions reactions =
      new Reactions(
          id -> Optional.of(world.plan),
          world.runs,
          world.parts,
          new ForwardingInstances(world.instances) {
            @Override
            public void catchUp(String version) {
              awaited.add(version);
            }
          },
          world.keys,
          world::now);

  private void deliver(Reaction reaction, CloudEvent event) throws IOException {
    reactions.subscriber(reaction).deliver(event);
  }

  @Test
  @DisplayName("A3: a version that nobody has signed is not waited for")
  void anUnsignedVersionIsNotWaitedFor() throws IOException {
    // Given
    CloudEvent changed =
        world
            .external("1", EventTypes.RUN_CHANGED)
            .withExtension(Attributes.RUN, world.run().name())
            .withExtension(Attributes.RESOURCE_VERSION, FAR)
            .build();
    CloudEvent outside =
        world.external("2", "coin").withExtension(Attributes.RESOURCE_VERSION, FAR).build();

    // When
    deliver(Reaction.ADVANCE, changed);
    deliver(Reaction.START, outside);

    // Then
    assertThat(awaited).isEmpty();
  }

  @Test
  @DisplayName("A3: nor is a version that an emitter has signed, which knows of none")
  void anEmittersVersionIsNotWaitedFor() throws IOException {
    // Given
    CloudEvent coin =
        world.signed(
            CloudEventBuilder.from(
                    world.emitted(world.only("flip-coin"), "watch", "coin", 1, "tails"))
                .withExtension(Attributes.RESOURCE_VERSION, FAR)
                .build());

    // When
    deliver(Reaction.START, coin);

    // Then
    assertThat(awaited).isEmpty();
  }

  @Test
  void theWatchersVersionIsWaitedFor() throws IOException {
    // Given
    CloudEvent ended =
        world.signed(
            world
                .external("1", EventTypes.TASK_ENDED)
                .withExtension(Attributes.RUN, world.run().name())
                .withExtension(Attributes.RESOURCE_VERSION, "17")
                .build());

    // When
    deliver(Reaction.ADVANCE, ended);

    // Then
    assertThat(awaited).containsExactly("17");
  }
}
