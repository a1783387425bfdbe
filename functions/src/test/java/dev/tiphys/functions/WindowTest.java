package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Window THREE = new Window.Count(3, 3);
  private static final Window TEN_SECONDS = new Window.Time(10_000, 10_000);

  private World world = World.begun(plan(THREE, null, null));

  @Test
  void startsOneInstanceWithTheArrayOfTheValues() {
    // When
    start("a", "b", "c", "d");
    // Then
    assertThat(windows()).containsExactly("[\"a\",\"b\",\"c\"]");
  }

  @Test
  void keepsJsonAsItIs() {
    // Given
    CloudEvent number = withData(1, "{\"content\": {\"n\": 1}}");
    CloudEvent text = withData(2, "{\"content\": \"{\\\"n\\\": 1}\"}");
    // When
    world.deliver(Reaction.START, number);
    world.deliver(Reaction.START, text);
    world.deliver(Reaction.START, withData(3, "{\"content\": [true, 2.5]}"));
    // Then
    assertThat(windows()).containsExactly("[{\"n\":1},\"{\\\"n\\\": 1}\",[true,2.5]]");
  }

  @Test
  void countsAnEventThatComesTwiceOnce() {
    // When
    IntStream.of(1, 1, 2, 2, 1, 2).forEach(n -> world.deliver(Reaction.START, event(n, "a")));
    // Then
    assertThat(windows()).isEmpty();
  }

  @Test
  void slides() {
    // Given
    world = World.begun(plan(new Window.Count(3, 2), null, null));
    // When
    start("a", "b", "c", "d", "e", "f");
    end(6);
    // Then: the last has what is in none before
    assertThat(windows())
        .containsExactlyInAnyOrder("[\"a\",\"b\",\"c\"]", "[\"c\",\"d\",\"e\"]", "[\"e\",\"f\"]");
  }

  @Test
  void startsNothingOfAnOverlapAloneAtTheEndOfTheStream() {
    // Given
    world = World.begun(plan(new Window.Count(3, 2), null, null));
    start("a", "b", "c");
    world.succeed(world.only("train"));
    // When
    end(3);
    // Then
    assertThat(windows()).hasSize(1);
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void closesAWindowWithWhatItHasWhenTheStreamEnds() {
    // Given
    start("a", "b", "c", "d");
    // When
    end(4);
    // Then
    assertThat(windows()).containsExactlyInAnyOrder("[\"a\",\"b\",\"c\"]", "[\"d\"]");
    assertThat(world.phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void givesEachKeyItsWindow() {
    // Given
    world = World.begun(plan(new Window.Count(2, 2), "key", null));
    // When
    world.deliver(Reaction.START, withData(1, "{\"content\": 1, \"key\": \"x\"}"));
    world.deliver(Reaction.START, withData(2, "{\"content\": 2, \"key\": \"y\"}"));
    world.deliver(Reaction.START, withData(3, "{\"content\": 3, \"key\": \"x\"}"));
    // Then
    assertThat(windows()).containsExactly("[1,3]");
  }

  @Test
  void looksAtTheArrayBeforeItStartsAnything() {
    // Given
    world = World.begun(plan(new Window.Count(1, 1), null, PlanBuilder.equal("work", "[\"a\"]")));
    // When
    start("a", "b");
    // Then
    assertThat(windows()).containsExactly("[\"a\"]");
    assertThat(world.tally("train").skipped()).isEqualTo(1);
  }

  @Test
  void asksToBeWokenWhenItsTimeIsOver() {
    // Given
    world = World.begun(plan(TEN_SECONDS, null, null));
    // When
    start("a");
    // Then
    assertThat(world.run().wakeAt()).contains(World.EPOCH.plusSeconds(10));
    later(9);
    world.advance();
    assertThat(windows()).isEmpty();
    later(1);
    world.advance();
    assertThat(windows()).containsExactly("[\"a\"]");
    assertThat(world.run().wakeAt()).isEmpty();
  }

  @Test
  void putsNothingIntoAWindowWhoseTimeIsOver() {
    // Given
    world = World.begun(plan(TEN_SECONDS, null, null));
    start("a");
    later(11);
    // When: nobody has woken it
    world.deliver(Reaction.START, event(2, "b"));
    // Then
    assertThat(windows()).containsExactly("[\"a\"]");
    assertThat(world.run().wakeAt()).contains(World.EPOCH.plusSeconds(21));
  }

  @Test
  void hops() {
    // Given
    world = World.begun(plan(new Window.Time(10_000, 5_000), null, null));
    start("a");
    later(6);
    world.deliver(Reaction.START, event(2, "b"));
    // When
    for (int look = 0; look < 20; look++) {
      later(1);
      world.advance();
    }
    // Then
    assertThat(windows()).containsExactlyInAnyOrder("[\"a\",\"b\"]", "[\"b\"]");
  }

  @Test
  void isClosedEarlyWhenItsArrayWouldBeTooLarge() {
    // Given
    String large = "a".repeat(40_000);
    // When
    start(large, large);
    // Then
    assertThat(windows()).containsExactly("[\"" + large + "\"]");
  }

  @Test
  void closesTheFullestWhenTooMuchWaits() {
    // Given
    world = World.begun(plan(new Window.Count(1_000, 1_000), "key", null));
    for (int n = 1; n <= Gathering.VALUES_MAX; n++) {
      String key = n % 3 == 0 ? "x" : "y";
      world.deliver(Reaction.START, withData(n, "{\"content\": 1, \"key\": \"" + key + "\"}"));
    }
    // When
    Response response =
        world.deliver(
            Reaction.START, withData(Gathering.VALUES_MAX + 1, "{\"content\": 1, \"key\": \"z\"}"));
    // Then
    assertThat(response.success()).isTrue();
    assertThat(windows()).singleElement().asString().hasSize(2 * 667 + 1);
  }

  private static Plan plan(Window window, @Nullable String key, @Nullable Condition when) {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("emitter", null)),
            List.of(PlanBuilder.step("train", when)))
        .task("emitter", List.of(), "work")
        .task("train", List.of(PlanBuilder.gatheredBy("work", key, window)), null)
        .build();
  }

  private void start(String... contents) {
    for (int n = 1; n <= contents.length; n++) {
      world.deliver(Reaction.START, event(n, contents[n - 1]));
    }
  }

  private void later(int seconds) {
    IntStream.range(0, seconds).forEach(n -> world.later());
  }

  private CloudEvent event(long n, String content) {
    return world.emitted(world.only("emitter"), "watch", "work", n, content);
  }

  private CloudEvent withData(long n, String json) {
    return world.signed(
        CloudEventBuilder.from(event(n, ""))
            .withData("application/json", json.getBytes(StandardCharsets.UTF_8))
            .build());
  }

  private void end(long events) {
    Instance emitter = world.only("emitter");
    world.deliver(Reaction.START, world.marker(emitter, "watch", "work", events));
    world.succeed(emitter);
    world.advance();
  }

  private List<String> windows() {
    return world.of("train").stream()
        .map(instance -> world.instances.spec(instance.name()).orElseThrow())
        .map(spec -> spec.parameters().getOrDefault("work", ""))
        .toList();
  }
}
