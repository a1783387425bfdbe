package dev.tiphys.sidecars.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tiphys.sidecars.contract.Environment.Complete;
import dev.tiphys.sidecars.contract.Environment.Incomplete;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void setEveryRequiredVariable() {
    variables.put("K_SINK", "http://broker-ingress.knative-eventing.svc/default/coinflip");
    variables.put("TIPHYS_WORKFLOW", "coinflip");
    variables.put("TIPHYS_RUN", "coinflip-1");
    variables.put("TIPHYS_TASK", "flip-coin");
    variables.put("TIPHYS_INSTANCE", "flip-coin-x");
    variables.put("TIPHYS_INSTANCE_UID", "uid-7");
    variables.put("TIPHYS_CONTAINER", "stdoutwatcher");
    variables.put("TIPHYS_EVENT_TYPE", "coin");
    variables.put("TIPHYS_KEY", "1." + "secret".repeat(7) + "s");
    variables.put("TIPHYS_CONTRACT", "2");
  }

  @Test
  void theRequiredVariablesMakeAContractWithDefaults() {
    // When
    Contract contract = read();
    // Then
    assertThat(contract.sink())
        .hasToString("http://broker-ingress.knative-eventing.svc/default/coinflip");
    assertThat(contract.origin())
        .isEqualTo(
            new Origin(
                "coinflip", "coinflip-1", "flip-coin", "flip-coin-x", "uid-7", "stdoutwatcher"));
    assertThat(contract.eventType()).isEqualTo("coin");
    assertThat(contract.labels()).isEmpty();
    assertThat(contract.overrides()).isEmpty();
    assertThat(contract.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(contract.toString()).doesNotContain("secret");
  }

  @Test
  void aContractIsReadAsItWasWritten() {
    // Given
    variables.put("TIPHYS_LABELS", "{\"shop\":\"north\"}");
    variables.put("K_CE_OVERRIDES", "{\"extensions\":{\"floor\":\"2\"}}");
    Contract contract = read();
    // When
    Map<String, String> written = Environment.of(contract);
    // Then
    variables.put("TIPHYS_SOURCE", "/tiphys/coinflip/coinflip-1/flip-coin-x/stdoutwatcher");
    assertThat(written).isEqualTo(variables);
  }

  @Test
  void theDefaultBoundsAreThese() {
    assertThat(Limits.DEFAULT)
        .isEqualTo(
            new Limits(
                1_000,
                4 * 1024 * 1024,
                1,
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)));
  }

  @Test
  void theOptionalVariablesAreTaken() {
    // Given
    variables.put("TIPHYS_LABELS", "{\"team\":\"blue\"}");
    variables.put("K_CE_OVERRIDES", "{\"extensions\":{\"region\":\"north\"}}");
    variables.put("TIPHYS_WINDOW", "8");
    variables.put("TIPHYS_SETTLE", "PT2S");
    // When
    Contract contract = read();
    // Then
    assertThat(contract.labels()).isEqualTo(Map.of("team", "blue"));
    assertThat(contract.overrides()).isEqualTo(Map.of("region", "north"));
    assertThat(contract.limits().window()).isEqualTo(8);
    assertThat(contract.limits().settle()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anEmptyVariableIsAsGoodAsNone() {
    // Given
    variables.put("K_CE_OVERRIDES", "");
    variables.put("TIPHYS_WINDOW", "");
    // When
    Contract contract = read();
    // Then
    assertThat(contract.overrides()).isEmpty();
    assertThat(contract.limits()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void withoutAnyVariableEveryRequiredOneIsNamedAtOnce() {
    // Given
    List<String> required = variables.keySet().stream().sorted().toList();
    variables.clear();
    // When
    List<String> problems = problems();
    // Then
    assertThat(problems)
        .containsExactlyInAnyOrderElementsOf(
            required.stream().map(variable -> variable + ": is not set").toList());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "K_SINK, broker, is not an http address: broker",
        "K_SINK, ftp://broker/, is not an http address: ftp://broker/",
        "K_SINK, http://a b, is not an http address: http://a b",
        "TIPHYS_RUN, a\u0007b, holds a character that no attribute can have",
        "TIPHYS_EVENT_TYPE, a\u0007b, holds a character that no attribute can have",
        "TIPHYS_LABELS, {, is not JSON",
        "TIPHYS_LABELS, [], does not map names to texts",
        "TIPHYS_LABELS, {\"a\":1}, attribute 'a' is not a text",
        "TIPHYS_LABELS, {\"my-label\":\"a\"}, attribute 'my-label': a name is 1 to 64 lower-case"
            + " letters and digits",
        "TIPHYS_LABELS, {\"a\":\"\\u0007\"}, attribute 'a': a value has no control characters",
        "K_CE_OVERRIDES, 7, does not map names to texts",
        "K_CE_OVERRIDES, {\"extensions\":7}, does not map names to texts",
        "TIPHYS_WINDOW, 0, is not a number from 1 to 256: 0",
        "TIPHYS_WINDOW, many, is not a number from 1 to 256: many",
        "TIPHYS_SETTLE, 2s, is not a duration like PT2S: 2s",
        "TIPHYS_SETTLE, PT-2S, is not a duration like PT2S: PT-2S",
        "TIPHYS_KEY, short, is not a key as VERSION.SECRET",
        "TIPHYS_CONTRACT, 1, is version 1 and this program keeps 2",
      })
  void aWrongValueIsNamedWithItsVariable(String variable, String value, String problem) {
    // Given
    variables.put(variable, value);
    // When
    List<String> problems = problems();
    // Then
    assertThat(problems).containsExactly(variable + ": " + problem);
  }

  private Contract read() {
    return assertThat(Contract.fromEnvironment(variables))
        .asInstanceOf(type(Complete.class))
        .actual()
        .contract();
  }

  private List<String> problems() {
    return assertThat(Contract.fromEnvironment(variables))
        .asInstanceOf(type(Incomplete.class))
        .actual()
        .problems();
  }
}
