package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Joins and windows whatever the order of their events, however often each comes, while two
 * function processes react at once, and each may die between writing the run and creating what it
 * closed: every accepted event is in exactly one result.
 */
class GatheringPropertyTest {
  private static final int KEYS = 3;

  @Property(tries = 200)
  void everyValueOfAJoinIsInOnePairOrFoundNoPartner(
      @ForAll @IntRange(max = 25) int lefts,
      @ForAll @IntRange(max = 25) int rights,
      @ForAll boolean keyed,
      @ForAll long seed) {
    // Given
    String key = keyed ? "key" : null;
    History history =
        new History(
            plan(PlanBuilder.joinedBy("left", key), PlanBuilder.joinedBy("right", key)),
            new Random(seed));
    // When
    history.happen(Map.of("left", lefts, "right", rights));
    // Then: as many pairs as there can be, of equal keys, and each value in one of them
    Map<String, Integer> left = new HashMap<>();
    Map<String, Integer> right = new HashMap<>();
    List<String> values = new ArrayList<>();
    for (InstanceSpec pair : history.results()) {
      String one = pair.parameters().getOrDefault("left", "");
      String other = pair.parameters().getOrDefault("right", "");
      assertThat(keyed ? one.charAt(0) : 'x').isEqualTo(keyed ? other.charAt(0) : 'x');
      values.addAll(List.of("left" + one, "right" + other));
    }
    History.keys(lefts, keyed).forEach(k -> left.merge(k, 1, Integer::sum));
    History.keys(rights, keyed).forEach(k -> right.merge(k, 1, Integer::sum));
    int pairs =
        left.entrySet().stream()
            .mapToInt(e -> Math.min(e.getValue(), right.getOrDefault(e.getKey(), 0)))
            .sum();
    assertThat(values).doesNotHaveDuplicates().hasSize(2 * pairs);
    assertThat(history.world.tally("target").skipped()).isEqualTo(lefts + rights - 2 * pairs);
  }

  @Property(tries = 200)
  void everyEventIsInExactlyOneTumblingWindow(
      @ForAll @IntRange(max = 40) int events,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll boolean byTime,
      @ForAll boolean keyed,
      @ForAll long seed) {
    // Given
    Window window =
        byTime ? new Window.Time(size * 1_000L, size * 1_000L) : new Window.Count(size, size);
    History history =
        new History(
            plan(PlanBuilder.gatheredBy("left", keyed ? "key" : null, window)), new Random(seed));
    // When
    history.happen(Map.of("left", events, "right", 0));
    // Then
    List<String> values = history.results().stream().flatMap(History::array).toList();
    assertThat(values).containsExactlyInAnyOrderElementsOf(History.contents(events));
    assertThat(history.results())
        .allSatisfy(
            result ->
                assertThat(History.array(result).count())
                    .isLessThanOrEqualTo(byTime ? events : size));
    assertThat(history.world.tally("target").skipped()).isZero();
  }

  @Property(tries = 100)
  void everyEventIsInSomeSlidingWindow(
      @ForAll @IntRange(max = 40) int events,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 7) int every,
      @ForAll long seed) {
    // Given
    Window window = new Window.Count(size, Math.min(every, size));
    History history =
        new History(plan(PlanBuilder.gatheredBy("left", null, window)), new Random(seed));
    // When
    history.happen(Map.of("left", events, "right", 0));
    // Then
    assertThat(history.results().stream().flatMap(History::array).distinct())
        .containsExactlyInAnyOrderElementsOf(History.contents(events));
  }

  private static Plan plan(Input... inputs) {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("lefts", null), PlanBuilder.step("rights", null)),
            List.of(PlanBuilder.step("target", null)))
        .task("lefts", List.of(), "left")
        .task("rights", List.of(), "right")
        .task("target", List.of(inputs), null, 3, ConcurrencyPolicy.ALLOW)
        .build();
  }

  /** What happens, and what the second process does right in the middle of it. */
  private static final class History {
    private final World world;
    private final Random random;
    private final Reactions one;
    private final Reactions other;
    private final Deque<Happening> todo = new ArrayDeque<>();
    private final Map<String, InstanceSpec> created = new TreeMap<>();
    private boolean interrupted;

    private interface Happening {
      void happenIn(Reactions reactions);
    }

    History(Plan plan, Random random) {
      this.world = World.begun(plan);
      this.random = random;
      this.one = process();
      this.other = process();
    }

    private Reactions process() {
      return new Reactions(
          id -> Optional.of(world.plan),
          interfering(),
          world.parts,
          failing(),
          world.keys,
          world::now);
    }

    /** Before a decision is written, the other process may decide, too. */
    private Runs interfering() {
      return new ForwardingRuns(world.runs) {
        @Override
        public boolean replace(Run run, Summary summary) {
          interrupt();
          return super.replace(run, summary);
        }
      };
    }

    /** Between the write and the creation the process may die, or the other one may act. */
    private ForwardingInstances failing() {
      return new ForwardingInstances(world.instances) {
        @Override
        public boolean create(InstanceSpec spec) {
          interrupt();
          if (random.nextInt(4) == 0) {
            throw new Unavailable("died");
          }
          assertThat(created.putIfAbsent(spec.identity().name(), spec))
              .satisfiesAnyOf(
                  before -> assertThat(before).isNull(),
                  before ->
                      assertThat(before)
                          .isNotNull()
                          .extracting(InstanceSpec::parameters)
                          .isEqualTo(spec.parameters()));
          return super.create(spec);
        }
      };
    }

    private void interrupt() {
      if (!interrupted && random.nextInt(3) == 0 && !todo.isEmpty()) {
        interrupted = true;
        todo.remove().happenIn(other);
        interrupted = false;
      }
    }

    void happen(Map<String, Integer> counts) {
      List<Happening> happenings = new ArrayList<>();
      new TreeMap<>(counts)
          .forEach(
              (type, count) -> {
                for (int n = 1; n <= count; n++) {
                  CloudEvent event = event(type, n);
                  happenings.add(process -> insist(process, event));
                  happenings.add(process -> insist(process, event));
                  happenings.add(this::advance);
                  happenings.add(process -> moveSomeInstance());
                  happenings.add(process -> world.later());
                }
                CloudEvent marker = world.marker(emitter(type), "watch", type, count);
                happenings.add(process -> insist(process, marker));
              });
      Collections.shuffle(happenings, random);
      todo.addAll(happenings);
      while (!todo.isEmpty()) {
        todo.remove().happenIn(one);
      }
      world.succeed(emitter("left"));
      world.succeed(emitter("right"));
      for (int i = 0; i < 1_000 && !world.phase().complete(); i++) {
        world.later();
        advance(one);
        moveSomeInstance();
      }
      assertThat(world.phase().complete()).as("%s", world.run()).isTrue();
      assertThat(results())
          .as("each is created once, and stays")
          .hasSameSizeAs(world.of("target"))
          .hasSameSizeAs(created.values());
    }

    /** As a broker does: until it is taken. */
    private void insist(Reactions process, CloudEvent event) {
      for (int attempt = 0; attempt < 100; attempt++) {
        if (deliver(process, Reaction.START, event).success()) {
          return;
        }
      }
      throw new AssertionError("never taken: " + event);
    }

    private void advance(Reactions process) {
      deliver(process, Reaction.ADVANCE, world.sign("dev.tiphys.run.changed"));
    }

    private static Subscriber.Response deliver(
        Reactions process, Reaction reaction, CloudEvent event) {
      try {
        return process.subscriber(reaction).deliver(event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void moveSomeInstance() {
      List<Instance> live = world.of("target").stream().filter(i -> i.state().active()).toList();
      if (!live.isEmpty()) {
        world.succeed(live.get(random.nextInt(live.size())));
      }
    }

    private Instance emitter(String type) {
      return world.only(type + "s");
    }

    private CloudEvent event(String type, int n) {
      String json = "{\"content\": \"%s\", \"key\": \"%s\"}".formatted(content(n), key(n));
      return world.signed(
          CloudEventBuilder.from(world.emitted(emitter(type), "watch", type, n, ""))
              .withData("application/json", json.getBytes(StandardCharsets.UTF_8))
              .build());
    }

    private static String content(int n) {
      return key(n) + "-" + n;
    }

    private static int key(int n) {
      return n * n % KEYS;
    }

    static List<String> contents(int count) {
      return Stream.iterate(1, n -> n + 1).limit(count).map(History::content).toList();
    }

    static List<String> keys(int count, boolean keyed) {
      return Stream.iterate(1, n -> n + 1)
          .limit(count)
          .map(n -> keyed ? String.valueOf(key(n)) : "")
          .toList();
    }

    List<InstanceSpec> results() {
      return world.of("target").stream()
          .map(i -> world.instances.spec(i.name()).orElseThrow())
          .toList();
    }

    static Stream<String> array(InstanceSpec spec) {
      @Nullable String array = spec.parameters().get("left");
      return array == null
          ? Stream.of()
          : Stream.of(array.substring(1, array.length() - 1).split(",", -1))
              .map(text -> text.replace("\"", ""));
    }
  }
}
