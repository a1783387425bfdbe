package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void theImagesAreThoseOfThisBuild() {
    assertThat(Options.defaults().images().functions())
        .matches("dev\\.local/tiphys/functions:\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(Options.defaults().images().sidecars())
        .matches("dev\\.local/tiphys/sidecars:\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Games", "-games", "games_", "", "a.b"})
  void aNameThatKubernetesRefusesIsRefusedHereWithWhatToDo(String name) {
    assertThatThrownBy(() -> Options.defaults().withNamespace(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "namespace \"%s\": use lower-case letters, digits and dashes, at most 63, with a letter"
                    .formatted(name)
                + " or digit at either end");
    assertThatThrownBy(() -> Options.defaults().withSharedBroker(name))
        .hasMessageStartingWith("broker \"" + name + "\"");
  }

  @Test
  void anImageWithoutANameIsRefused() {
    assertThatThrownBy(() -> new Images(" ", "sidecars"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("functions image");
  }

  @Test
  void whoMayPostCannotBeToldWithoutANamespace() {
    assertThatThrownBy(() -> Options.defaults().withAuthorize(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--authorize needs --namespace");
  }

  @Test
  void whatIsNoKnativeBrokerDoesNotAskWhoPosts() {
    // Given
    Options options = Options.defaults().withNamespace("games").withAuthorize(true);
    // Then
    assertThatThrownBy(() -> options.withPubsub(new Pubsub.Kubernetes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--authorize needs --pubsub=knative");
    assertThatThrownBy(() -> options.withPubsub(new Pubsub.Kafka("kafka:9092", null)))
        .hasMessageContaining("--authorize needs --pubsub=knative");
  }

  @Test
  void aBrokerClassIsKnownByItsAnnotation() {
    assertThat(BrokerClass.named("Kafka")).contains(BrokerClass.KAFKA);
    assertThat(BrokerClass.named("RabbitMQBroker")).isEmpty();
  }
}
