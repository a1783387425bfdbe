package dev.tiphys.triggers.broker;

import static dev.tiphys.triggers.contract.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Matching by look-up gives what the filters themselves say, and does not grow with their number.
 */
class FilterIndexTest {
  private static final List<String> VALUES = List.of("a", "b", "ab", "ba");
  private static final int DEPTH = 3;

  @Property(tries = 500)
  void findsExactlyThoseThatMatchInTheirOrder(
      @ForAll("lists") List<Filter> filters, @ForAll("events") CloudEvent event) {
    // Given
    List<Integer> numbers = IntStream.range(0, filters.size()).boxed().toList();

    // When
    List<Integer> found = new FilterIndex<>(numbers, filters::get).matching(event);

    // Then
    assertThat(found)
        .isEqualTo(numbers.stream().filter(n -> filters.get(n).matches(event)).toList());
  }

  @Example
  void anyOfManyExactTypesCostsWhatAnyOfFewCosts() {
    assertThat(reads(anyOf(1_000, FilterIndexTest::exactType)))
        .isEqualTo(reads(anyOf(10, FilterIndexTest::exactType)));
  }

  @Example
  void anyOfManyConditionsOnExactTypesCostsWhatAnyOfFewCosts() {
    Function<Integer, Filter> condition =
        n -> new Filter.All(List.of(exactType(n), new Filter.Prefix(Map.of("subject", "h"))));
    assertThat(reads(anyOf(1_000, condition))).isEqualTo(reads(anyOf(10, condition)));
  }

  @Example
  void manyTriggersForOtherTypesCostNothing() {
    assertThat(reads(indexOf(1_000))).isEqualTo(reads(indexOf(10)));
  }

  private static Consumer<CloudEvent> anyOf(int count, Function<Integer, Filter> filter) {
    Filter any = new Filter.Any(IntStream.range(0, count).boxed().map(filter).toList());
    return new FilterIndex<>(List.of(any), Function.identity())::matching;
  }

  private static Consumer<CloudEvent> indexOf(int count) {
    FilterIndex<Integer> index =
        new FilterIndex<>(IntStream.range(0, count).boxed().toList(), FilterIndexTest::exactType);
    return index::matching;
  }

  private static Filter exactType(int n) {
    return new Filter.Exact(Map.of("type", "type" + n));
  }

  /** How often the event is asked for something. */
  private static int reads(Consumer<CloudEvent> match) {
    CountingEvent event = new CountingEvent(event("none of them", "1"));
    match.accept(event);
    return event.reads();
  }

  @Provide
  Arbitrary<CloudEvent> events() {
    Arbitrary<String> values = Arbitraries.of(VALUES);
    return Combinators.combine(values, values.injectNull(0.3), values.injectNull(0.3))
        .as(
            (type, subject, extension) -> {
              CloudEventBuilder event = Events.builder(type, "1").withSubject(subject);
              return extension == null
                  ? event.build()
                  : event.withExtension("extension", extension).build();
            });
  }

  @Provide
  Arbitrary<List<Filter>> lists() {
    return filters().list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(DEPTH);
  }

  private static Arbitrary<Filter> filters(int depth) {
    Arbitrary<Filter> leaves =
        Arbitraries.oneOf(
            attributes().map(Filter.Exact::new),
            attributes().map(Filter.Exact::new),
            attributes().map(Filter.Prefix::new),
            attributes().map(Filter.Suffix::new),
            Arbitraries.of("type = 'a'", "subject = 'b'", "extension != 'a'")
                .map(Filter.CeSql::new));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<List<Filter>> some = filters(depth - 1).list().ofMaxSize(4);
    return Arbitraries.oneOf(
        leaves,
        some.map(Filter.All::new),
        some.map(Filter.Any::new),
        filters(depth - 1).map(Filter.Not::new));
  }

  private static Arbitrary<Map<String, String>> attributes() {
    return Arbitraries.maps(Arbitraries.of("type", "subject", "extension"), Arbitraries.of(VALUES))
        .ofMaxSize(3);
  }
}
