package dev.tiphys.triggers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class TimesTest {
  record Moment(Instant at, OffsetDateTime said) {}

  @Test
  void readsTheTimesThatItWrote() {
    // Given
    Moment moment =
        new Moment(
            Instant.parse("2026-01-01T00:00:00.000000001Z"),
            OffsetDateTime.parse("2026-01-01T02:00:00+02:00"));

    // When
    String json = Json.write(moment);

    // Then
    assertThat(json)
        .isEqualTo(
            "{\"at\":\"2026-01-01T00:00:00.000000001Z\",\"said\":\"2026-01-01T02:00+02:00\"}");
    assertThat(Json.read(json, Moment.class)).isEqualTo(moment);
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThatThrownBy(() -> Json.read("{\"at\":\"soon\"}", Moment.class))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("soon");
  }
}
