package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  @Test
  void isReadyWhenItsConditionSaysSo() throws IOException {
    assertThat(problem(1, 1, "{'type': 'Ready', 'status': 'True'}")).isEmpty();
  }

  @Test
  void saysWhyItIsNot() throws IOException {
    assertThat(
            problem(
                1,
                1,
                "{'type': 'Addressable', 'status': 'True'}, {'type': 'Ready', 'status': 'False',"
                    + " 'reason': 'NoBroker', 'message': 'b is gone'}"))
        .contains("NoBroker: b is gone");
  }

  @Test
  void doesNotBelieveAConditionOfAnEarlierSpec() throws IOException {
    assertThat(problem(2, 1, "{'type': 'Ready', 'status': 'True'}")).isPresent();
  }

  @Test
  void isNotReadyBeforeAnybodyHasLookedAtIt() throws IOException {
    assertThat(Readiness.problem(Json.parse("{\"metadata\": {\"generation\": 1}}".getBytes(UTF_8))))
        .contains("not looked at yet");
  }

  @Test
  void saysWhichConditionHasFailed() throws IOException {
    // Given
    String conditions =
        "{'type': 'A', 'status': 'Unknown', 'reason': 'Slow'},"
            + " {'type': 'B', 'status': 'False', 'reason': 'Broken', 'message': 'for good'}";

    // Then
    assertThat(Readiness.failed(json(1, 1, conditions), "A")).isEmpty();
    assertThat(Readiness.failed(json(1, 1, conditions), "B")).contains("Broken: for good");
    assertThat(Readiness.failed(json(2, 1, conditions), "B")).isEmpty();
  }

  private static Optional<String> problem(int generation, int observed, String conditions)
      throws IOException {
    return Readiness.problem(json(generation, observed, conditions));
  }

  private static JsonNode json(int generation, int observed, String conditions) throws IOException {
    String json =
        """
        {'metadata': {'generation': %d}, 'status': {'observedGeneration': %d, 'conditions': [%s]}}
        """
            .formatted(generation, observed, conditions)
            .replace('\'', '"');
    return Json.parse(json.getBytes(UTF_8));
  }
}
