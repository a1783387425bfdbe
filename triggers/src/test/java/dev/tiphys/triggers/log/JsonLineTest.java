package dev.tiphys.triggers.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  private final LogRecord record = new LogRecord(Level.WARNING, "an event said:\n\"stop\"");

  @Test
  void isOneLineWhateverTheMessageHolds() throws IOException {
    // Given
    record.setLoggerName("dev.tiphys.Test");
    record.setInstant(Instant.parse("2026-01-01T00:00:00Z"));

    // When
    String line = new JsonLine().format(record);

    // Then
    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = Json.parse(line.getBytes(UTF_8));
    assertThat(json.path("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(json.path("level").asText()).isEqualTo("WARN");
    assertThat(json.path("logger").asText()).isEqualTo("dev.tiphys.Test");
    assertThat(json.path("message").asText()).isEqualTo("an event said:\n\"stop\"");
    assertThat(json.has("error")).isFalse();
  }

  @Test
  void holdsTheStackTraceOfAnError() throws IOException {
    // Given
    record.setThrown(new IllegalStateException("no", new IOException("cause")));

    // When
    JsonNode json = Json.parse(new JsonLine().format(record).getBytes(UTF_8));

    // Then
    assertThat(json.path("error").asText())
        .contains("IllegalStateException: no", "at " + getClass().getName(), "IOException: cause");
  }
}
