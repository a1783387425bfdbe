package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private static final Options PER_RULE = Options.defaults().withTriggers(TriggerMode.PER_RULE);

  @Test
  void aRuleThatSelectsSomeEventsOfAStreamGetsAllOfThem() {
    // Given
    Rule rule = new Rule.Start(on("coin", Map.of("subject", "penny"), false), "coinflip", "heads");

    // When
    List<Filter> filters = filtersOfHeads(rule);

    // Then
    assertThat(filters).containsExactly(new Filter.Exact(Map.of("type", "coin")));
  }

  @Test
  void aRuleThatSelectsSomeEventsFromOutsideGetsNoOthers() {
    // Given
    Rule rule = new Rule.Start(on("order", Map.of("subject", "bread"), true), "coinflip", "heads");

    // When
    List<Filter> filters = filtersOfHeads(rule);

    // Then
    assertThat(filters)
        .containsExactly(new Filter.Exact(Map.of("type", "order", "subject", "bread")));
  }

  @Test
  void stepsOfOneNameThatListenForTheSameShareATrigger() {
    // Given
    EventFilter coin = on("coin", Map.of(), false);
    List<Rule> rules =
        List.of(new Rule.Start(coin, "one", "heads"), new Rule.Start(coin, "other", "heads"));

    // When
    List<Trigger> triggers = Subscriptions.of(CoinFlip.with(rules), PER_RULE);

    // Then
    assertThat(triggers)
        .extracting(Trigger::name)
        .containsExactly("coinflip-begin", "coinflip-start-heads", "coinflip-advance");
  }

  private static List<Filter> filtersOfHeads(Rule rule) {
    return Subscriptions.of(CoinFlip.with(List.of(rule)), PER_RULE).stream()
        .filter(trigger -> trigger.name().equals("coinflip-start-heads"))
        .map(Trigger::filter)
        .toList();
  }

  private static EventFilter on(String type, Map<String, String> attributes, boolean external) {
    return new EventFilter(type, new TreeMap<>(attributes), external);
  }
}
