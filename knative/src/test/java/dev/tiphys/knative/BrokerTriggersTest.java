package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.broker.Trigger.Address;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerTriggersTest {
  @Test
  void readsTheTriggersThatAPlanIsDeployedWith() {
    // Given
    String plan = CoinFlip.plan().id();
    var objects = KnativeManifests.of(CoinFlip.plan(), Options.defaults());

    // When
    List<Trigger> triggers = BrokerTriggers.among(objects);

    // Then
    assertThat(triggers)
        .extracting(Trigger::name)
        .containsExactly("coinflip-begin", plan + "-start", plan + "-stop", plan + "-advance");
    assertThat(triggers.get(1))
        .isEqualTo(
            new Trigger(
                plan + "-start",
                new Filter.Any(List.of(new Filter.Exact(Map.of("type", "coin")))),
                new Address("tiphys-functions", "/start/" + plan),
                new Delivery(
                    1_000,
                    Delivery.BackoffPolicy.LINEAR,
                    Duration.ofMillis(100),
                    new Address("tiphys-functions", "/dead-letter/" + plan))));
  }

  @Test
  void refusesTheOldFilterInsteadOfLettingEveryEventThrough() {
    // Given
    var old =
        new TriggerBuilder()
            .withNewMetadata()
            .withName("old")
            .endMetadata()
            .withNewSpec()
            .withNewFilter()
            .addToAttributes("type", "coin")
            .endFilter()
            .endSpec()
            .build();

    // When // Then
    assertThatThrownBy(() -> BrokerTriggers.from(old))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("old")
        .hasMessageContaining("spec.filters");
  }
}
