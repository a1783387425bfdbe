package dev.tiphys.sidecars.stdout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"loss=(?P<value>[0-9.]+)", "loss=(?<value>[0-9.]+)"})
  void aNamedGroupIsFoundInTheData(String pattern) {
    // Given
    LineRule rule = matching(pattern);
    // When
    Optional<String> data = data(rule, "epoch 3 loss=0.25");
    // Then
    assertThat(data)
        .contains(
            "{\"content\":\"epoch 3 loss=0.25\",\"stream\":\"stdout\",\"line\":1,"
                + "\"groups\":{\"value\":\"0.25\"}}");
  }

  @Test
  void aGroupThatTookNoPartIsLeftOut() {
    // Given
    LineRule rule = matching("^(?P<error>ERROR)|(?P<warning>WARN)");
    // When
    Optional<String> data = data(rule, "WARN low");
    // Then
    assertThat(data.orElse("")).contains("\"groups\":{\"warning\":\"WARN\"}");
  }

  @Test
  void aLineWithoutThePatternIsNoEvent() {
    // Given
    LineRule rule = matching("^ERROR");
    // When
    Optional<String> data = data(rule, "all is well, no ERROR");
    // Then
    assertThat(data).isEmpty();
  }

  /** Took java.util.regex longer than the world is old. */
  @Test
  void aLineCannotMakeAPatternTakeForEver() {
    // Given
    LineRule rule = matching("^(a+)+$");
    String evil = "a".repeat(10_000) + "!";
    // When
    Optional<String> data =
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> data(rule, evil));
    // Then
    assertThat(data).isEmpty();
  }

  @Test
  void aJsonObjectIsTheDataByteForByte() {
    // Given
    LineRule rule = json();
    String line = "{\"big\": 12345678901234567890.10,  \"a\":[1]}";
    // When
    Optional<String> data = data(rule, line);
    // Then
    assertThat(data).contains(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "heads", "[1]", "1", "null", "{\"a\":", "{} {}"})
  void aLineThatIsNoJsonObjectIsToldWithItsText(String line) {
    // Given
    LineRule rule = json();
    // When
    Optional<String> data = data(rule, line);
    // Then
    assertThat(data.orElse(""))
        .startsWith("{\"content\":\"")
        .endsWith("\"stream\":\"stdout\",\"line\":1,\"error\":\"the line is no JSON object\"}");
  }

  @Test
  void aCutLineIsNoJsonThoughItsBeginningWouldBe() {
    // Given
    LineRule rule = json();
    // When
    Optional<String> data = data(rule, new Line("{}", true));
    // Then
    assertThat(data.orElse("")).contains("\"truncated\":true", "\"error\":");
  }

  @Test
  void anObjectThatIsNestedWithoutEndIsNoEventOfItsOwn() {
    // Given
    LineRule rule = json();
    String deep = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    // When
    Optional<String> data = data(rule, deep);
    // Then
    assertThat(data.orElse("")).contains("\"error\":");
  }

  private static LineRule matching(String pattern) {
    return LineRule.of(new Lines(pattern, Format.LINE, 1_000));
  }

  private static LineRule json() {
    return LineRule.of(new Lines(null, Format.JSON, 1_000));
  }

  private static Optional<String> data(LineRule rule, String line) {
    return data(rule, new Line(line, false));
  }

  private static Optional<String> data(LineRule rule, Line line) {
    return rule.emission(line, "stdout", 1)
        .map(emission -> new String(emission.data().toBytes(), UTF_8));
  }
}
