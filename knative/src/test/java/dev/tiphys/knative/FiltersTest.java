package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.broker.Filter;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilter;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilterBuilder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FiltersTest {
  @Property
  void aFilterThatKnativeWasToldIsReadBackAsItWas(@ForAll("filters") Filter filter) {
    // When
    Filter read = Filters.fromKnative(Filters.toKnative(filter));

    // Then
    assertThat(read).isEqualTo(filter);
  }

  @Example
  void aTriggerWithoutFiltersTakesEveryEvent() {
    // Given
    Filter everything = new Filter.All(List.of());

    // When
    List<SubscriptionsAPIFilter> knative = Filters.toKnative(everything);

    // Then
    assertThat(knative).isEmpty();
    assertThat(Filters.fromKnative(knative)).isEqualTo(everything);
  }

  @Example
  void severalFiltersOfATriggerMustAllMatch() {
    // Given
    var type = new SubscriptionsAPIFilterBuilder().addToExact("type", "coin").build();
    var source = new SubscriptionsAPIFilterBuilder().addToPrefix("source", "/mint").build();

    // When
    Filter read = Filters.fromKnative(List.of(type, source));

    // Then
    assertThat(read)
        .isEqualTo(
            new Filter.All(
                List.of(
                    new Filter.Exact(Map.of("type", "coin")),
                    new Filter.Prefix(Map.of("source", "/mint")))));
  }

  @Example
  void aFilterOfTwoDialectsIsRefusedAsKnativeDoes() {
    // Given
    var two =
        new SubscriptionsAPIFilterBuilder()
            .addToExact("type", "coin")
            .addToSuffix("type", "n")
            .build();

    // When // Then
    assertThatThrownBy(() -> Filters.fromKnative(List.of(two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exactly one dialect");
  }

  @Example
  void aFilterThatKnativeCannotSayIsRefusedAndNotWidened() {
    // Given
    Filter nothing = new Filter.Any(List.of());

    // When // Then
    assertThatThrownBy(() -> Filters.toKnative(nothing))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return nested(3);
  }

  private static Arbitrary<Filter> nested(int depth) {
    Arbitrary<Map<String, String>> attributes =
        Arbitraries.maps(
                Arbitraries.of("type", "source", "subject", "workflow", "task"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8))
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<Filter> leaves =
        Arbitraries.oneOf(
            attributes.map(Filter.Exact::new),
            attributes.map(Filter.Prefix::new),
            attributes.map(Filter.Suffix::new),
            Arbitraries.of("type = 'coin'", "EXISTS subject AND source LIKE '/mint%'")
                .map(Filter.CeSql::new));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<List<Filter>> inner = nested(depth - 1).list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(
        leaves,
        inner.map(Filter.All::new),
        inner.map(Filter.Any::new),
        nested(depth - 1).map(Filter.Not::new));
  }
}
