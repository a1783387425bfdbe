package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.contract.Events;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectFieldTest {
  private static final CloudEvent EVENT =
      Events.builder("coin", "1")
          .withSubject("the subject")
          .withTime(OffsetDateTime.parse("2026-01-02T03:04:00Z"))
          .withExtension("face", "heads")
          .withData(
              """
              {"content": "tails", "count": 3, "big": 1.50, "yes": true, "none": null, "empty": "",
               "spec": {"replicas": 2, "labels": {"a-b": "c"}},
               "items": [{"name": "first"}, {"name": "second"}], "grid": [[1, 2], [3, 4]],
               "id": "the data's"}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content         | tails",
        "count           | 3",
        "yes             | true",
        "spec.replicas   | 2",
        "spec.labels.a-b | c",
        "spec.labels     | {\"a-b\":\"c\"}",
        "items[0].name   | first",
        "items[1].name   | second",
        "items[1]        | {\"name\":\"second\"}",
        "grid[1][0]      | 3",
      })
  void findsAValueInTheData(String path, String value) {
    assertThat(valueOf(path)).contains(value);
  }

  @Test
  void anEmptyStringIsAValue() {
    assertThat(valueOf("empty")).contains("");
  }

  @ParameterizedTest
  @CsvSource({
    "subject, the subject",
    "face, heads",
    "type, coin",
    "time, 2026-01-02T03:04:00Z",
  })
  void whatTheDataLacksIsLookedUpAmongTheAttributes(String path, String value) {
    assertThat(valueOf(path)).contains(value);
  }

  @Test
  void theDataGoesBeforeTheAttributes() {
    assertThat(valueOf("id")).contains("the data's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "none", "content.more", "items[2].name", "items.name"})
  void whatIsNowhereIsNoValue(String path) {
    assertThat(valueOf(path)).isEmpty();
  }

  @Test
  void dataThatIsNoJsonHasNoFieldsButAttributes() {
    // Given
    CloudEvent event =
        Events.builder("coin", "1")
            .withSubject("heads")
            .withData("plain text".getBytes(StandardCharsets.UTF_8))
            .build();

    // When, Then
    assertThat(field("content").valueIn(event)).isEmpty();
    assertThat(field("subject").valueIn(event)).contains("heads");
    assertThat(ObjectField.wholeData(event)).isEqualTo("plain text");
  }

  @Test
  void anEventWithoutDataHasAttributesOnly() {
    // Given
    CloudEvent event = Events.builder("coin", "1").withoutData().build();

    // When, Then
    assertThat(field("type").valueIn(event)).contains("coin");
    assertThat(field("content").valueIn(event)).isEmpty();
    assertThat(ObjectField.wholeData(event)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "[0]", "a[0]b", "a/b", "a~b"})
  void whatIsNoPathIsRefused(String path) {
    assertThat(ObjectField.parse(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content     | \"tails\"",
        "count       | 3",
        "spec.labels | {\"a-b\":\"c\"}",
        "subject     | \"the subject\"",
      })
  void isJsonAsInTheDataAndATextElsewhere(String path, String json) {
    assertThat(field(path).jsonIn(EVENT).map(Object::toString)).contains(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"a\": 1} | {\"a\":1}", "plain text | \"plain text\"", "7 | 7", "'' | \"\""})
  void theWholeDataIsJsonOrAText(String data, String json) {
    // Given
    CloudEvent event =
        Events.builder("coin", "1").withData(data.getBytes(StandardCharsets.UTF_8)).build();

    // When, Then
    assertThat(ObjectField.wholeJson(event)).hasToString(json);
  }

  @Test
  void staysAsItWasWrittenInJson() {
    ObjectField field = field("items[0].name");

    assertThat(Json.read(Json.write(field), ObjectField.class)).isEqualTo(field);
    assertThat(Json.write(field)).isEqualTo("\"items[0].name\"");
  }

  private static Optional<String> valueOf(String path) {
    return field(path).valueIn(EVENT);
  }

  private static ObjectField field(String path) {
    return ObjectField.parse(path).orElseThrow();
  }
}
