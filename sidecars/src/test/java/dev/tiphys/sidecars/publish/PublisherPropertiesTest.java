package dev.tiphys.sidecars.publish;

import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.contract;
import static dev.tiphys.sidecars.publish.Fixtures.emission;
import static dev.tiphys.sidecars.publish.Fixtures.numbers;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.publish.Publisher.Ending;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PublisherPropertiesTest {
  private static final int TRIES = 200;

  @Property(tries = TRIES)
  void withoutAStopEveryNumberArrivesInOrderWhateverGoesWrong(
      @ForAll @IntRange(max = 30) int count, @ForAll("faults") List<Integer> faults)
      throws Exception {
    // Given
    FakeSink sink = sink(faults);
    // When
    Ending ending = publish(sink, count, 1);
    // Then
    assertThat(numbers(sink.events())).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(sequence(sink.marker())).isEqualTo(count);
    assertThat(ending.published()).isEqualTo(count);
    assertThat(ending.discarded()).isZero();
    assertThat(sink.mostOpen()).isEqualTo(1);
  }

  @Property(tries = TRIES)
  void aWiderWindowMayReorderAndNeverLosesNorOverflows(
      @ForAll @IntRange(max = 60) int count,
      @ForAll @IntRange(min = 2, max = 8) int window,
      @ForAll("faults") List<Integer> faults)
      throws Exception {
    // Given
    FakeSink sink = sink(faults);
    // When
    publish(sink, count, window);
    // Then
    assertThat(numbers(sink.events()))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(sequence(sink.marker())).isEqualTo(count);
    assertThat(sink.mostOpen()).isLessThanOrEqualTo(window);
  }

  @Property(tries = TRIES)
  void aStopLeavesNoGapAndAccountsForEveryEmission(
      @ForAll @IntRange(max = 30) int before,
      @ForAll @IntRange(max = 10) int after,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll("faults") List<Integer> faults)
      throws Exception {
    // Given
    FakeSink sink = sink(faults);
    Publisher publisher = start(sink, window);
    publishRange(publisher, 1, before);
    // When
    publisher.discard();
    publishRange(publisher, before + 1, before + after);
    publisher.end();
    Ending ending = await(publisher.done());
    // Then
    assertThat(numbers(sink.events()))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, ending.published()).boxed().toList());
    assertThat(sequence(sink.marker())).isEqualTo(ending.published());
    assertThat(ending.published() + ending.discarded()).isEqualTo(before + after);
    assertThat(sink.marker().getExtension(Attributes.DISCARDED))
        .isEqualTo(Long.toString(ending.discarded()));
  }

  @Property(tries = TRIES)
  void aRestartedSidecarThatReadsTheSameAgainMakesTheSameEventsAgain(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll("faults") List<Integer> firstFaults,
      @ForAll("faults") List<Integer> secondFaults)
      throws Exception {
    // Given
    FakeSink first = sink(firstFaults);
    publish(first, count, 1);
    // When
    FakeSink second = sink(secondFaults);
    publish(second, count, 1);
    // Then
    Map<String, String> expected = new HashMap<>();
    for (int n = 1; n <= count; n++) {
      expected.put("uid-7/watcher/stdout/" + n, "{\"n\":" + n + "}");
    }
    assertThat(expected).containsAllEntriesOf(content(first));
    assertThat(expected).containsAllEntriesOf(content(second));
  }

  @Provide
  Arbitrary<List<Integer>> faults() {
    return Arbitraries.of(
            202,
            200,
            503,
            500,
            404,
            429,
            413,
            400,
            FakeSink.LOST_REQUEST,
            FakeSink.LOST_ACKNOWLEDGEMENT)
        .list()
        .ofMaxSize(60);
  }

  /** The data by id, of all events that are no stand-ins. */
  private static Map<String, String> content(FakeSink sink) {
    return sink.events().stream()
        .filter(event -> event.getExtension(Attributes.REFUSED) == null)
        .collect(Collectors.toMap(CloudEvent::getId, PublisherPropertiesTest::data));
  }

  private static String data(CloudEvent event) {
    return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
  }

  private static FakeSink sink(List<Integer> faults) {
    return new FakeSink(post -> post < faults.size() ? faults.get(post) : 202);
  }

  private static Publisher start(FakeSink sink, int window) {
    Limits limits = Limits.DEFAULT.withWindow(window);
    return Publisher.start(contract().withLimits(limits), "stdout", sink, surroundings());
  }

  private static Ending publish(FakeSink sink, int count, int window) throws InterruptedException {
    Publisher publisher = start(sink, window);
    publishRange(publisher, 1, count);
    publisher.end();
    return await(publisher.done());
  }

  private static void publishRange(Publisher publisher, int first, int last)
      throws InterruptedException {
    for (int n = first; n <= last; n++) {
      publisher.publish(emission(n));
    }
  }

  private static long sequence(CloudEvent event) {
    return Position.of(event).orElseThrow().sequence();
  }
}
