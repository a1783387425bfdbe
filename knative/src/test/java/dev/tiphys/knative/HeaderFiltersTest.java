package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Filter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeaderFiltersTest {
  @Test
  @DisplayName("C2: a Trigger takes a type as headers have it, and as it is")
  void c2ATriggerTakesATypeAsHeadersHaveIt() {
    // Given
    Filter filter = new Filter.Exact(Map.of("type", "gr\u00f6\u00dfe", "shop", "north"));
    // When
    Filter knative = HeaderFilters.of(new Filter.Any(List.of(filter)));
    // Then
    assertThat(knative)
        .isEqualTo(
            new Filter.Any(
                List.of(
                    new Filter.Any(
                        List.of(
                            filter,
                            new Filter.Exact(
                                Map.of("type", "gr%C3%B6%C3%9Fe", "shop", "north")))))));
  }

  @Test
  void aPlainTypeIsTakenAsItIs() {
    // Given
    Filter filter =
        new Filter.All(
            List.of(
                new Filter.Exact(Map.of("type", "order.paid")),
                new Filter.Not(new Filter.Prefix(Map.of("type", "dev.tiphys.")))));
    // When // Then
    assertThat(HeaderFilters.of(filter)).isEqualTo(filter);
  }

  @Test
  @DisplayName("C2: a percent sign is encoded, too")
  void c2APercentSignIsEncoded() {
    // Given
    Filter filter = new Filter.Exact(Map.of("type", "a%41b"));
    // When // Then
    assertThat(HeaderFilters.of(filter))
        .isEqualTo(new Filter.Any(List.of(filter, new Filter.Exact(Map.of("type", "a%2541b")))));
  }
}
