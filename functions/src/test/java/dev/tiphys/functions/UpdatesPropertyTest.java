package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Step;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever the order in which updates come, and however often: no stream's value is followed by an
 * older one of the same stream, the last is the newest of some stream, and the run and all live
 * instances agree on it.
 */
class UpdatesPropertyTest {
  @Property(tries = 300)
  void theNewestValuePerStreamIsWhatIsLeft(
      @ForAll @IntRange(min = 1, max = 3) int streams,
      @ForAll @IntRange(min = 1, max = 20) int events,
      @ForAll long seed) {
    // Given: every event twice, shuffled
    World world = World.begun(plan(streams));
    Instance screen = world.only("screen");
    InstanceSpec atFirst = world.instances.spec(screen.name()).orElseThrow();
    List<CloudEvent> deliveries = deliveries(world, streams, events);
    Collections.shuffle(deliveries, new Random(seed));
    Map<String, Integer> newest = new HashMap<>();
    // When
    for (CloudEvent event : deliveries) {
      world.deliver(Reaction.UPDATE, event);
      String[] shown = shown(world, screen).split("/", -1);
      int sequence = Integer.parseInt(shown[1]);
      assertThat(sequence)
          .as("number of %s", shown[0])
          .isGreaterThanOrEqualTo(newest.getOrDefault(shown[0], 0));
      newest.put(shown[0], sequence);
    }
    // Then
    assertThat(shown(world, screen)).endsWith("/" + events);
    assertThat(world.run().updated("screen").texts())
        .containsEntry("progress", shown(world, screen));
    // Given: one that was made from the run as it was at first
    world.instances.delete(screen.name());
    world.instances.create(atFirst);
    // When
    world.advance();
    // Then
    assertThat(world.run().updated("screen").texts())
        .containsEntry("progress", shown(world, screen));
  }

  private static List<CloudEvent> deliveries(World world, int streams, int events) {
    List<CloudEvent> deliveries = new ArrayList<>();
    for (int s = 1; s <= streams; s++) {
      Instance source = world.only("source-" + s);
      for (int n = 1; n <= events; n++) {
        CloudEvent event = world.emitted(source, "watch", "progress", n, "source-" + s + "/" + n);
        deliveries.add(event);
        deliveries.add(event);
      }
    }
    return deliveries;
  }

  private static Plan plan(int streams) {
    PlanBuilder plan = new PlanBuilder();
    List<Step> steps = new ArrayList<>();
    steps.add(PlanBuilder.step("screen", null));
    for (int s = 1; s <= streams; s++) {
      steps.add(PlanBuilder.step("source-" + s, null));
      plan.task("source-" + s, List.of(), "progress");
    }
    return plan.steps("main", steps)
        .task("screen", List.of(PlanBuilder.updatedBy("progress")), null)
        .build();
  }

  private static String shown(World world, Instance screen) {
    return Objects.requireNonNull(world.instances.parameters(screen.name()).get("progress"));
  }
}
