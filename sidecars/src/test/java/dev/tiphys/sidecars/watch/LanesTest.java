package dev.tiphys.sidecars.watch;

import static dev.tiphys.sidecars.watch.Sample.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final URI SLOW = URI.create("http://slow.test/");
  private static final URI HELD = URI.create("http://held.test/");
  private final CountDownLatch answers = new CountDownLatch(1);
  private final FakeSink sink = new FakeSink(post -> post == 0 ? FakeSink.LOST_REQUEST : 202);
  private final AtomicInteger asked = new AtomicInteger();

  private final Lanes lanes =
      new Lanes(this::keys, to -> transport(to.address()), Fixtures.surroundings());

  @Test
  void triesAgainUntilTheBrokerHasTheEvent() {
    // When
    lanes.offer(run("a", "Running"), Hint.changed(run("a", "Running")));
    // Then
    Conditions.await(() -> sink.taken().size() == 1);
  }

  @Test
  void aSinkThatDoesNotAnswerHoldsNobodyElseUp() {
    // Given
    Hint stuck = new Hint(SLOW, Hint.changed(run("a", "Running")).event());
    lanes.offer(run("a", "Running"), stuck);
    // When
    lanes.offer(run("b", "Running"), Hint.changed(run("b", "Running")));
    // Then
    Conditions.await(() -> sink.taken().size() == 1);
  }

  @Test
  void waitsForAKeyThatIsNotThereYet() {
    // When
    lanes.offer(run("late", "Running"), Hint.changed(run("late", "Running")));
    // Then
    Conditions.await(() -> sink.taken().size() == 1);
    assertThat(asked.get()).isGreaterThan(1);
  }

  @Test
  void publishesWhatWaitsWhenTheRunIsOver() {
    // Given: the first is under way, and the sink does not answer yet
    for (int n = 0; n < 20; n++) {
      lanes.offer(run("a", "Running"), new Hint(HELD, Hint.changed(run("a", "Running")).event()));
    }
    // When
    lanes.close("a");
    answers.countDown();
    // Then
    Conditions.await(() -> sink.taken().size() == 20);
  }

  @Test
  void aMessageThatMeetsAFaultKeepsNoOther() {
    // Given
    lanes.offer(run("a", "Running"), new Faulty());
    // When
    lanes.offer(run("a", "Running"), Hint.changed(run("a", "Running")));
    // Then
    Conditions.await(() -> sink.taken().size() == 1);
  }

  /** Cannot be signed. */
  private record Faulty() implements Message {
    @Override
    public URI sink() {
      return Hint.changed(run("a", "Running")).sink();
    }

    @Override
    public CloudEvent signed(RunKeys keys) {
      throw new IllegalStateException("a fault");
    }
  }

  @Test
  void takesNoMoreThanItCanKeep() {
    // Given
    Hint stuck = new Hint(SLOW, Hint.changed(run("a", "Running")).event());
    int taken = 0;
    // When
    while (lanes.offer(run("a", "Running"), stuck)) {
      taken++;
    }
    // Then
    assertThat(taken).isBetween(Lane.CAPACITY, Lane.CAPACITY + 1);
  }

  @Test
  void onlyTheRunsOwnBrokerIsShownItsToken() {
    // Given
    List<Sink> opened = new CopyOnWriteArrayList<>();
    Lanes shown =
        new Lanes(
            this::keys,
            to -> {
              opened.add(to);
              return sink;
            },
            Fixtures.surroundings());
    WatchedRun run = Sample.authorized("a", "broker-1");
    // When
    shown.offer(run, Hint.changed(run));
    shown.offer(run, new Hint(HELD, Hint.changed(run).event()));
    // Then
    assertThat(opened).containsExactly(new Sink(run.sink(), "broker-1"), new Sink(HELD, null));
  }

  private Optional<RunKeys> keys(WatchedRun run) {
    return run.name().equals("late") && asked.getAndIncrement() == 0
        ? Optional.empty()
        : Optional.of(Fixtures.keys());
  }

  private Transport transport(URI address) {
    CountDownLatch open = address.equals(SLOW) ? new CountDownLatch(1) : answers;
    return address.equals(SLOW) || address.equals(HELD)
        ? event -> {
          open.await();
          return sink.post(event);
        }
        : sink;
  }
}
