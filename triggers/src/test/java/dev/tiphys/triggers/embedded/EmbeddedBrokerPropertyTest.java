package dev.tiphys.triggers.embedded;

import static dev.tiphys.triggers.contract.Events.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Limits;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever the order in which threads get their turn, and whatever fails. */
class EmbeddedBrokerPropertyTest {
  private static final int EVENTS = 40;
  private static final int KEYS = 4;

  @Property(tries = 200)
  void everyEventIsAccountedForAndEveryKeyKeepsItsOrder(
      @ForAll @LongRange(min = 0) long seed,
      @ForAll @IntRange(min = 1, max = 5) int laneCapacity,
      @ForAll @IntRange(min = 1, max = 5) int liveLanes) {
    // Given
    Random faults = new Random(seed);
    ManualScheduler scheduler = ManualScheduler.seeded(seed);
    Map<Trigger.Address, List<CloudEvent>> taken = new HashMap<>();
    BrokerCounts counts = new BrokerCounts();
    EmbeddedBroker broker =
        new EmbeddedBroker(
            List.of(trigger("one"), trigger("two")),
            address -> faulty(faults, taken.computeIfAbsent(address, a -> new ArrayList<>())),
            scheduler,
            new Limits(laneCapacity, liveLanes, 4),
            counts);

    // When
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      published.add(broker.publish(keyed("coin", Integer.toString(i), "key" + i % KEYS)));
      IntStream.range(0, faults.nextInt(4)).forEach(n -> scheduler.step());
    }
    scheduler.runAll();

    // Then
    assertThat(published).allMatch(CompletableFuture::isDone);
    assertThat(counts.delivered() + counts.deadLettered() + counts.lost()).isEqualTo(2 * EVENTS);
    assertThat(taken.values().stream().mapToInt(List::size).sum())
        .isEqualTo((int) (counts.delivered() + counts.deadLettered()));
    assertThat(taken.get(address("dead"))).hasSize((int) counts.deadLettered());
    taken.forEach((address, events) -> assertInOrder(address, events));
  }

  private static void assertInOrder(Trigger.Address address, List<CloudEvent> events) {
    if (address.equals(address("dead"))) {
      return;
    }
    for (int key = 0; key < KEYS; key++) {
      String wanted = "key" + key;
      assertThat(events)
          .filteredOn(event -> wanted.equals(event.getExtension("partitionkey")))
          .map(event -> Integer.parseInt(event.getId()))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  private static Subscriber faulty(Random faults, List<CloudEvent> taken) {
    return event -> {
      switch (faults.nextInt(6)) {
        case 0 -> throw new IOException("connection reset");
        case 1 -> throw new IllegalStateException("a fault");
        case 2 -> {
          return Response.problem(429, "too many");
        }
        default -> {
          taken.add(event);
          return Response.accepted();
        }
      }
    };
  }

  private static Trigger trigger(String name) {
    return new Trigger(
        name,
        new Filter.Exact(Map.of("type", "coin")),
        address(name),
        new Delivery(
            2 + name.length(),
            Delivery.BackoffPolicy.LINEAR,
            Duration.ofMillis(3),
            address("dead")));
  }

  private static Trigger.Address address(String name) {
    return new Trigger.Address("test", "/" + name);
  }
}
