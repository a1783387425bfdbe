package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.Rule;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObjectWatchesTest {
  private static final ResourceWatch WATCH = ResourceWatch.of("v1", "ConfigMap");
  private static final Plan PLAN =
      new Plan(
          "coinflip",
          "coinflip-",
          "main",
          List.of(),
          null,
          new TreeMap<>(),
          List.of(
              new Rule.Start(EventFilter.of(WATCH), "main", "a"),
              new Rule.Stop(EventFilter.of(WATCH), "b")));

  private final Map<String, Plan> plans = new HashMap<>(Map.of("coinflip-0", PLAN));
  private final FakeObjects objects = new FakeObjects();
  private final List<String> told = new ArrayList<>();
  private boolean full;
  private final ObjectWatches watches =
      new ObjectWatches(
          id -> Optional.ofNullable(plans.get(id)),
          objects,
          (run, message) -> !full && told.add(run.name() + " " + text(message)),
          () -> Instant.EPOCH,
          Runnable::run);

  @Test
  void watchesOnceForAllRunsThatAsk() {
    // When
    watches.seen(Sample.run("one", "Running"));
    watches.seen(Sample.run("two", "Running"));
    watches.seen(Sample.run("two", "Running"));

    // Then
    assertThat(objects.opened).containsExactly(WATCH);
  }

  @Test
  void tellsEachRunOfEachChange() {
    // Given
    watches.seen(Sample.run("one", "Running"));
    watches.seen(Sample.run("two", "Running"));

    // When
    objects.put("a", "1");
    objects.put("a", "2");
    objects.remove("a");

    // Then
    assertThat(told)
        .containsExactlyInAnyOrder(
            "one added a",
            "two added a",
            "one updated a",
            "two updated a",
            "one deleted a",
            "two deleted a");
  }

  @Test
  void tellsALaterRunOfWhatIsThere() {
    // Given
    watches.seen(Sample.run("one", "Running"));
    objects.put("a", "1");
    objects.put("a", "2");

    // When
    watches.seen(Sample.run("two", "Running"));

    // Then
    assertThat(told).containsExactly("one added a", "one updated a", "two added a");
  }

  @Test
  void watchesForActiveRunsAlone() {
    // When
    watches.seen(Sample.run("one", null));
    watches.seen(Sample.run("two", "Succeeded"));

    // Then
    assertThat(objects.opened).isEmpty();
  }

  @Test
  void watchesNoLongerWhenTheLastRunIsOver() {
    // Given
    watches.seen(Sample.run("one", "Running"));
    watches.seen(Sample.run("two", "Running"));

    // When
    watches.seen(Sample.run("one", "Succeeded"));
    int afterOne = objects.closed;
    watches.gone(Sample.run("two", "Running"));
    objects.put("a", "1");

    // Then
    assertThat(afterOne).isZero();
    assertThat(objects.closed).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void asksForAPlanAgainThatWasNotThere() {
    // Given
    plans.clear();
    watches.seen(Sample.run("one", "Running"));

    // When
    plans.put("coinflip-0", PLAN);
    watches.seen(Sample.run("one", "Running"));

    // Then
    assertThat(objects.opened).containsExactly(WATCH);
  }

  @Test
  void triesAgainWhatCouldNotBeOpened() {
    // Given
    objects.broken = true;
    watches.seen(Sample.run("one", "Running"));

    // When
    objects.broken = false;
    watches.seen(Sample.run("one", "Running"));

    // Then
    assertThat(objects.opened).containsExactly(WATCH);
  }

  @Test
  void tellsAtTheNextSightOfARunWhatDidNotFit() {
    // Given
    watches.seen(Sample.run("one", "Running"));
    full = true;
    objects.put("a", "1");

    // When
    full = false;
    watches.seen(Sample.run("one", "Running"));

    // Then
    assertThat(told).containsExactly("one added a");
  }

  private static String text(Message message) {
    CloudEvent event = message.signed(Fixtures.keys());
    return Attributes.value(event, Attributes.OBJECT_ACTION) + " " + event.getSubject();
  }

  /** Shows objects by hand. */
  private static final class FakeObjects implements ObjectWatches.Source {
    private final List<ResourceWatch> opened = new ArrayList<>();
    private final List<ObjectWatches.Sights> sights = new ArrayList<>();
    private final Map<String, WatchedObject> present = new LinkedHashMap<>();
    private int closed;
    private boolean broken;

    void put(String name, String version) {
      WatchedObject object =
          new WatchedObject(name, version, "ConfigMap", name, "default", "{}", false);
      present.put(name, object);
      sights.forEach(s -> s.seen(object));
    }

    void remove(String name) {
      WatchedObject object = Objects.requireNonNull(present.remove(name));
      sights.forEach(s -> s.gone(object));
    }

    @Override
    public ObjectWatches.Shown show(ResourceWatch watch, ObjectWatches.Sights shownTo) {
      if (broken) {
        throw new IllegalStateException("no such kind");
      }
      opened.add(watch);
      sights.add(shownTo);
      return new ObjectWatches.Shown() {
        @Override
        public List<WatchedObject> all() {
          return List.copyOf(present.values());
        }

        @Override
        public boolean complete() {
          return true;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}
