package dev.tiphys.triggers.broker;

import static dev.tiphys.triggers.contract.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialects mean what they mean in Knative. */
class FilterTest {
  private static final Filter NEVER = new Filter.Any(List.of());
  private static final Filter ALWAYS = new Filter.All(List.of());

  private final CloudEvent coin =
      Events.builder("dev.coin.flipped", "1")
          .withSubject("heads")
          .withTime(OffsetDateTime.parse("2026-01-02T03:04:00Z"))
          .withExtension("count", 3)
          .build();

  @ParameterizedTest
  @CsvSource({
    "type, dev.coin.flipped, true",
    "type, dev.coin, false",
    "source, /contract, true",
    "subject, heads, true",
    "specversion, 1.0, true",
    "datacontenttype, application/json, true",
    "time, 2026-01-02T03:04:00Z, true",
    "count, 3, true",
    "missing, heads, false",
  })
  void exactComparesTheWholeValue(String attribute, String value, boolean matches) {
    assertThat(new Filter.Exact(Map.of(attribute, value)).matches(coin)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "type, dev.coin, true",
    "type, coin, false",
    "type, dev.coin.flipped.twice, false",
    "missing, h, false",
  })
  void prefixComparesTheBeginning(String attribute, String value, boolean matches) {
    assertThat(new Filter.Prefix(Map.of(attribute, value)).matches(coin)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"type, .flipped, true", "type, dev., false", "missing, s, false"})
  void suffixComparesTheEnd(String attribute, String value, boolean matches) {
    assertThat(new Filter.Suffix(Map.of(attribute, value)).matches(coin)).isEqualTo(matches);
  }

  @Test
  void everyAttributeMustFit() {
    assertThat(new Filter.Exact(Map.of("type", "dev.coin.flipped", "subject", "tails")))
        .matches(filter -> !filter.matches(coin));
    assertThat(new Filter.Prefix(Map.of("type", "dev", "subject", "t")))
        .matches(filter -> !filter.matches(coin));
    assertThat(new Filter.Suffix(Map.of("type", "flipped", "subject", "tails")))
        .matches(filter -> !filter.matches(coin));
    assertThat(new Filter.Exact(Map.of("type", "dev.coin.flipped", "subject", "heads")))
        .matches(filter -> filter.matches(coin));
  }

  @Test
  void allNeedsEachOfThem() {
    assertThat(new Filter.All(List.of(ALWAYS, ALWAYS)).matches(coin)).isTrue();
    assertThat(new Filter.All(List.of(ALWAYS, NEVER)).matches(coin)).isFalse();
  }

  @Test
  void allOfNoneMatchesEverything() {
    assertThat(new Filter.All(List.of()).matches(coin)).isTrue();
  }

  @Test
  void anyNeedsOneOfThem() {
    assertThat(new Filter.Any(List.of(NEVER, ALWAYS)).matches(coin)).isTrue();
    assertThat(new Filter.Any(List.of(NEVER, NEVER)).matches(coin)).isFalse();
  }

  @Test
  void anyOfNoneMatchesNothing() {
    assertThat(new Filter.Any(List.of()).matches(coin)).isFalse();
  }

  @Test
  void notTurnsTheOtherRound() {
    assertThat(new Filter.Not(NEVER).matches(coin)).isTrue();
    assertThat(new Filter.Not(ALWAYS).matches(coin)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type = 'dev.coin.flipped' | true",
        "type LIKE 'dev.%.flipped' AND subject IN ('heads', 'tails') | true",
        "subject = 'tails' | false",
        "EXISTS count AND count > 2 | true",
        "EXISTS missing | false",
        "LENGTH(subject) = 5 | true",
      })
  void ceSqlIsEvaluatedOnTheAttributes(String expression, boolean matches) {
    assertThat(new Filter.CeSql(expression).matches(coin)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "missing = 'x'",
        "missing != 'x'",
        "NOT (missing = 'x')",
        "INT(subject) = 1 OR subject != 'heads'",
        "NO_SUCH_FUNCTION(subject)",
        "LENGTH(subject)",
      })
  void ceSqlThatCannotBeEvaluatedDoesNotMatch(String expression) {
    assertThat(new Filter.CeSql(expression).matches(coin)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "type =", "type = 'open", "((type = 'x')", "type = 'x' type"})
  void ceSqlThatIsNoneIsRefusedAtOnce(String expression) {
    assertThatThrownBy(() -> new Filter.CeSql(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a CESQL expression: \"" + expression + "\"");
  }

  @Test
  void ceSqlIsEqualByItsText() {
    assertThat(new Filter.CeSql("TRUE")).isEqualTo(new Filter.CeSql("TRUE"));
    assertThat(new Filter.CeSql("TRUE")).isNotEqualTo(new Filter.CeSql("FALSE"));
    assertThat(new Filter.CeSql("TRUE").matches(event("any", "1"))).isTrue();
  }
}
