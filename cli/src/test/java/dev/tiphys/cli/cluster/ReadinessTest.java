package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

  private static Optional<String> problem(int generation, int observed, String conditions)
      throws IOException {
    String json =
        """
        {'metadata': {'generation': %d}, 'status': {'observedGeneration': %d, 'conditions': [%s]}}
        """
            .formatted(generation, observed, conditions)
            .replace('\'', '"');
    return Readiness.problem(Json.parse(json.getBytes(UTF_8)));
  }
}
