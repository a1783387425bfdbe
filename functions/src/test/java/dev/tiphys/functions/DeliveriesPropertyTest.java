package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever the order in which events come, however often, and whatever else happens in between:
 * each gives at most one instance, none after its stop, and each is accounted for.
 */
class DeliveriesPropertyTest {
  private static final int LIMIT = 2;

  @Property(tries = 300)
  void everyEventIsAccountedForExactlyOnce(
      @ForAll @IntRange(min = 1, max = 40) int events,
      @ForAll @IntRange(max = 3) int stops,
      @ForAll ConcurrencyPolicy policy,
      @ForAll long seed) {
    // Given: every event twice, some stops, and signs of life, shuffled
    History history = new History(World.begun(plan(policy)), new Random(seed));
    List<Runnable> happenings = history.shuffled(events, stops);
    // When
    happenings.forEach(
        happening -> {
          happening.run();
          history.check();
        });
    history.finish(events);
    // Then
    World world = history.world;
    assertThat(history.created.size() + history.startless())
        .as("instances, and events that started none")
        .isEqualTo(events);
    assertThat(world.summary().phase().complete()).isTrue();
  }

  private static Plan plan(ConcurrencyPolicy policy) {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("emitter", null)),
            List.of(PlanBuilder.step("worker", PlanBuilder.equal("work", "yes"))))
        .task("emitter", List.of(), "work")
        .task(
            "worker",
            List.of(PlanBuilder.createdBy("work"), PlanBuilder.deletedBy("closing")),
            null,
            LIMIT,
            policy)
        .build();
  }

  /** What has happened, and what must hold after each step. */
  private static final class History {
    private final World world;
    private final Random random;
    private final Instance emitter;
    private final Map<EventKey, String> created = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();

    History(World world, Random random) {
      this.world = world;
      this.random = random;
      this.emitter = world.only("emitter");
      world.start(emitter);
    }

    List<Runnable> shuffled(int events, int stops) {
      List<Runnable> happenings = new ArrayList<>();
      for (int n = 1; n <= events; n++) {
        world.later();
        String content = random.nextBoolean() ? "yes" : "no";
        CloudEvent event = world.emitted(emitter, "watch", "work", n, content);
        happenings.add(() -> world.deliver(Reaction.START, event));
        happenings.add(() -> world.deliver(Reaction.START, event));
        happenings.add(this::moveSomeInstance);
        happenings.add(world::advance);
      }
      for (int n = 1; n <= stops; n++) {
        CloudEvent stop =
            world
                .external("stop-" + n, "closing")
                .withTime(
                    World.EPOCH.plusSeconds(random.nextInt(events + 1)).atOffset(ZoneOffset.UTC))
                .build();
        happenings.add(() -> world.deliver(Reaction.STOP, stop));
        happenings.add(() -> world.deliver(Reaction.STOP, stop));
      }
      Collections.shuffle(happenings, random);
      return happenings;
    }

    private void moveSomeInstance() {
      List<Instance> live = world.of("worker").stream().filter(i -> i.state().active()).toList();
      if (!live.isEmpty()) {
        Instance instance = live.get(random.nextInt(live.size()));
        if (instance.state() == State.PENDING) {
          world.start(instance);
        } else {
          world.succeed(instance);
        }
      }
    }

    void check() {
      List<Instance> workers = world.of("worker");
      assertThat(workers.stream().filter(i -> i.state().active()).count())
          .as("active instances")
          .isLessThanOrEqualTo(LIMIT);
      for (Instance worker : workers) {
        EventKey key = Objects.requireNonNull(worker.identity().cause()).key();
        assertThat(created.putIfAbsent(key, worker.name()))
            .as("instance of %s", key)
            .isIn(null, worker.name());
        if (worker.state() == State.STOPPED) {
          stopped.add(worker.name());
        }
        assertThat(stopped.contains(worker.name()) && worker.state() != State.STOPPED)
            .as("%s started again after its stop", worker.name())
            .isFalse();
      }
    }

    /** The stream ends, and what was started ends. */
    void finish(int events) {
      world.deliver(Reaction.START, world.marker(emitter, "watch", "work", events));
      world.succeed(emitter);
      for (int i = 0; i <= events && !world.summary().phase().complete(); i++) {
        world.advance();
        world.of("worker").stream().filter(w -> w.state().active()).forEach(world::succeed);
        check();
      }
      world.advance();
    }

    /** Events that the step has recorded as starting nothing. */
    long startless() {
      return world.tally("worker").skipped()
          + world.tally("worker").stopped()
          - world.of("worker").stream().filter(i -> i.state() == State.STOPPED).count();
    }
  }
}
