package dev.tiphys.sidecars.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarrierSettingsTest {
  @TempDir private Path folder;

  @Test
  void namesItsTopicAfterNamespaceAndBroker() throws Exception {
    // When
    CarrierSettings.Reading read = CarrierSettings.from(environment("[]", "security.protocol=SSL"));

    // Then
    assertThat(read)
        .isInstanceOfSatisfying(
            CarrierSettings.Usable.class,
            usable ->
                assertThat(usable.settings().pubsub())
                    .isInstanceOfSatisfying(
                        Pubsub.Kafka.class,
                        kafka -> {
                          assertThat(kafka.settings().topic()).isEqualTo("tiphys.games.coinflip");
                          assertThat(kafka.settings().client())
                              .containsExactly(Map.entry("security.protocol", "SSL"));
                        }));
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThat(CarrierSettings.from(Map.of("TIPHYS_PUBSUB", "pigeons", "PORT", "70000")))
        .isEqualTo(
            new CarrierSettings.Unusable(
                List.of(
                    "TIPHYS_NAMESPACE: is not set",
                    "TIPHYS_TRIGGERS: is not set",
                    "TIPHYS_PUBSUB: is \"pigeons\", and may be kafka or kubernetes",
                    "PORT: is 70000, and has to be a number up to 65535")));
  }

  @Test
  void refusesTriggersThatAreNone() throws Exception {
    assertThat(CarrierSettings.from(environment("[{}]", "")))
        .isInstanceOfSatisfying(
            CarrierSettings.Unusable.class,
            unusable ->
                assertThat(unusable.problems())
                    .singleElement()
                    .asString()
                    .startsWith("TIPHYS_TRIGGERS: "));
  }

  private Map<String, String> environment(String triggers, String config) throws Exception {
    return Map.of(
        "TIPHYS_NAMESPACE", "games",
        "TIPHYS_BROKER", "coinflip",
        "TIPHYS_PUBSUB", "kafka",
        "TIPHYS_BOOTSTRAP_SERVER", "kafka:9092",
        "TIPHYS_TRIGGERS", Files.writeString(folder.resolve("triggers"), triggers).toString(),
        "TIPHYS_COMMAND_CONFIG", Files.writeString(folder.resolve("config"), config).toString());
  }
}
