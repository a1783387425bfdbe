package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.contract.Events;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C1: a number keeps its own text")
class NumbersKeptTest {
  private static final ObjectField AMOUNT = ObjectField.parse("amount").orElseThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678.9",
        "0.0005",
        "1.10",
        "1e3",
        "1E400",
        "-0",
        "-0.0",
        "1E+3",
        "0e0",
        "5",
        "123456789012345678901234567890"
      })
  void asAFieldAndWithinWhatIsAroundIt(String number) {
    // Given
    CloudEvent event = event("{\"amount\": " + number + ", \"all\": [{\"of\": " + number + "}]}");

    // When
    String field = AMOUNT.valueIn(event).orElseThrow();
    String around = ObjectField.parse("all").orElseThrow().valueIn(event).orElseThrow();
    String json = AMOUNT.jsonIn(event).orElseThrow().toString();
    String whole = ObjectField.wholeJson(event).toString();

    // Then
    assertThat(field).isEqualTo(number);
    assertThat(around).isEqualTo("[{\"of\":" + number + "}]");
    assertThat(json).isEqualTo(number);
    assertThat(whole).isEqualTo("{\"amount\":" + number + ",\"all\":[{\"of\":" + number + "}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678.9", "1.10", "1e3", "-0"})
  void inStructuredMode(String number) {
    // Given
    String message =
        """
        {"specversion": "1.0", "id": "1", "source": "/test", "type": "order",
         "datacontenttype": "application/json", "data": {"amount": %s}}\
        """
            .formatted(number);

    // When
    Received received =
        HttpEvents.read(
            Map.of("content-type", List.of("application/cloudevents+json")),
            message.getBytes(StandardCharsets.UTF_8));

    // Then
    assertThat(received)
        .isInstanceOfSatisfying(
            Received.Event.class, it -> assertThat(AMOUNT.valueIn(it.event())).contains(number));
  }

  @Test
  void howeverLongItIs() {
    // Given
    String number = "7".repeat(1 << 20);

    // When
    CloudEvent event = event("{\"amount\": " + number + "}");

    // Then
    assertThat(AMOUNT.valueIn(event)).contains(number);
  }

  @Test
  void dataThatNestsTooDeepHasNoFields() {
    // Given
    String deep = "[".repeat(100_000) + "1" + "]".repeat(100_000);

    // When
    CloudEvent event = event("{\"amount\": 1, \"deep\": " + deep + "}");

    // Then
    assertThat(AMOUNT.valueIn(event)).isEmpty();
  }

  private static CloudEvent event(String data) {
    return Events.builder("order", "1").withData(data.getBytes(StandardCharsets.UTF_8)).build();
  }
}
