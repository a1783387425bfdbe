package dev.tiphys.sidecars.publish;

import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.contract;
import static dev.tiphys.sidecars.publish.Fixtures.emission;
import static dev.tiphys.sidecars.publish.Fixtures.numbers;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.publish.Publisher.Ending;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublisherTest {
  @Test
  void numbersEventsFromOneAndEndsWithAMarkerOfTheLastNumber() throws Exception {
    // Given
    FakeSink sink = FakeSink.healthy();
    Publisher publisher = start(sink);
    // When
    publish(publisher, 3);
    publisher.end();
    Ending ending = await(publisher.done());
    // Then
    assertThat(ending).isEqualTo(new Ending(3, 0, 0));
    assertThat(numbers(sink.events())).containsExactly(1L, 2L, 3L);
    assertThat(sink.events())
        .extracting(CloudEvent::getId)
        .containsExactly(
            "uid-7/watcher/stdout/1", "uid-7/watcher/stdout/2", "uid-7/watcher/stdout/3");
    assertThat(sink.marker().getExtension(Attributes.SEQUENCE)).isEqualTo("000000000003");
  }

  @Test
  void stampsWhoseEventItIsAndSignsIt() throws Exception {
    // Given
    FakeSink sink = FakeSink.healthy();
    Publisher publisher = start(sink);
    // When
    publish(publisher, 1);
    publisher.end();
    await(publisher.done());
    // Then
    CloudEvent event = sink.events().getFirst();
    assertThat(event.getSource()).hasToString("/tiphys/coinflip/coinflip-1/flip-coin-x/watcher");
    assertThat(event.getType()).isEqualTo("coin");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getTime()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(List.of("workflow", "workflowrun", "task", "instance", "partitionkey"))
        .extracting(event::getExtension)
        .containsExactly("coinflip", "coinflip-1", "flip-coin", "flip-coin-x", "coinflip-1");
    assertThat(sink.taken()).allMatch(e -> Fixtures.key().hasSigned(e));
  }

  @Test
  void aStreamWithoutEventsHasAMarkerAllTheSame() {
    // Given
    FakeSink sink = FakeSink.healthy();
    Publisher publisher = start(sink);
    // When
    publisher.end();
    await(publisher.done());
    // Then
    assertThat(sink.taken()).hasSize(1);
    assertThat(sink.marker().getExtension(Attributes.SEQUENCE)).isEqualTo("000000000000");
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isEqualTo("0");
    assertThat(sink.marker().getData()).isNull();
  }

  @Test
  void overridesWinOverLabelsAndNeverOverTheIdentity() throws Exception {
    // Given
    Map<String, String> overrides =
        Map.of("team", "red", "workflowrun", "other", "sequence", "9", "id", "x", "type", "y");
    Contract contract = contract(Map.of("team", "blue", "colour", "green"), overrides);
    FakeSink sink = FakeSink.healthy();
    Publisher publisher = Publisher.start(contract, "stdout", sink, surroundings());
    // When
    publish(publisher, 1);
    publisher.end();
    await(publisher.done());
    // Then
    CloudEvent event = sink.events().getFirst();
    assertThat(List.of("team", "colour", "workflowrun", "sequence"))
        .extracting(event::getExtension)
        .containsExactly("red", "green", "coinflip-1", "000000000001");
    assertThat(event.getId()).isEqualTo("uid-7/watcher/stdout/1");
    assertThat(event.getType()).isEqualTo("coin");
  }

  @Test
  void aRefusedEventIsReplacedByAStandInSoThatTheStreamHasNoGap() throws Exception {
    // Given
    FakeSink sink = new FakeSink(post -> post == 1 ? 413 : 202);
    Publisher publisher = start(sink);
    // When
    publish(publisher, 3);
    publisher.end();
    Ending ending = await(publisher.done());
    // Then
    assertThat(ending).isEqualTo(new Ending(3, 1, 0));
    assertThat(numbers(sink.events())).containsExactly(1L, 2L, 3L);
    CloudEvent standIn = sink.events().get(1);
    assertThat(standIn.getId()).isEqualTo("uid-7/watcher/stdout/2");
    assertThat(standIn.getExtension(Attributes.REFUSED)).isEqualTo("413");
    assertThat(standIn.getData()).isNull();
    assertThat(Fixtures.key().hasSigned(standIn)).isTrue();
  }

  @Test
  void aStopThrowsAwayWhatIsNotInFlightAndTheMarkerTellsHowMuch() throws Exception {
    // Given
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    FakeSink sink = FakeSink.healthy();
    Publisher publisher =
        start(
            event -> {
              inFlight.countDown();
              answer.await();
              return sink.post(event);
            });
    publish(publisher, 5);
    inFlight.await(Fixtures.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    // When
    publisher.discard();
    publish(publisher, 2);
    publisher.end();
    answer.countDown();
    Ending ending = await(publisher.done());
    // Then
    assertThat(ending).isEqualTo(new Ending(1, 0, 6));
    assertThat(numbers(sink.events())).containsExactly(1L);
    assertThat(sink.marker().getExtension(Attributes.SEQUENCE)).isEqualTo("000000000001");
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isEqualTo("6");
  }

  @Test
  void closingWithDrainPublishesWhatWaits() throws Exception {
    // Given
    FakeSink sink = FakeSink.healthy();
    Publisher publisher = start(sink);
    publish(publisher, 100);
    // When
    publisher.close(OnStop.DRAIN);
    // Then
    assertThat(publisher.done()).isCompletedWithValue(new Ending(100, 0, 0));
    assertThat(sink.events()).hasSize(100);
  }

  @Test
  void closingGivesUpOnASinkThatNeverAnswersAndFreesTheReader() throws Exception {
    // Given
    Limits impatient = limits(2, Limits.DEFAULT.queuedBytes(), Duration.ofMillis(50));
    CountDownLatch never = new CountDownLatch(1);
    Publisher publisher =
        Publisher.start(
            contract().withLimits(impatient),
            "stdout",
            event -> {
              never.await();
              return 202;
            },
            surroundings());
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(() -> publishUnchecked(publisher, 100));
    // When
    publisher.close();
    // Then
    await(reader);
    assertThatThrownBy(() -> await(publisher.done()))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("not acknowledged within");
  }

  @Test
  void aFullQueueHoldsTheReaderUpAndDropsNothing() throws Exception {
    // Given
    Limits small = limits(2, Limits.DEFAULT.queuedBytes(), Duration.ofSeconds(10));
    CountDownLatch answer = new CountDownLatch(1);
    FakeSink sink = FakeSink.healthy();
    Publisher publisher =
        Publisher.start(
            contract().withLimits(small),
            "stdout",
            event -> {
              answer.await();
              return sink.post(event);
            },
            surroundings());
    AtomicInteger accepted = new AtomicInteger();
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              for (int n = 1; n <= 10; n++) {
                publishUnchecked(publisher, 1);
                accepted.incrementAndGet();
              }
              publisher.end();
            });
    // When
    Conditions.await(() -> reader.getState() == Thread.State.WAITING && accepted.get() == 3);
    answer.countDown();
    // Then
    assertThat(await(publisher.done())).isEqualTo(new Ending(10, 0, 0));
    assertThat(numbers(sink.events())).hasSize(10).isSorted();
  }

  static Limits limits(int events, long bytes, Duration closeTimeout) {
    Limits standard = Limits.DEFAULT;
    return new Limits(
        events,
        bytes,
        1,
        standard.settle(),
        standard.firstBackoff(),
        standard.maxBackoff(),
        closeTimeout);
  }

  private static Publisher start(Transport transport) {
    return Publisher.start(contract(), "stdout", transport, surroundings());
  }

  private static void publish(Publisher publisher, int count) throws InterruptedException {
    for (int n = 1; n <= count; n++) {
      publisher.publish(emission(n));
    }
  }

  private static void publishUnchecked(Publisher publisher, int count) {
    try {
      publish(publisher, count);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
