package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    Plan plan = CoinFlip.with(rules);
    List<Trigger> triggers = Subscriptions.of(plan, PER_RULE);

    // Then
    assertThat(triggers)
        .extracting(Trigger::name)
        .containsExactly("coinflip-begin", plan.id() + "-start-heads", plan.id() + "-advance");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B7: Triggers of two plans of a workflow stand side by side, but what begins runs")
  void onlyWhatBeginsRunsIsReplacedByTheNextPlan(TriggerMode mode) {
    // Given
    Rule begin = new Rule.Begin(on("order", Map.of(), true), "order");
    Plan first = CoinFlip.with(List.of(begin, heads("coin")));
    Plan second = CoinFlip.with(List.of(heads("other-coin")));

    // When
    Set<String> both = names(first, Options.defaults().withTriggers(mode));
    both.retainAll(names(second, Options.defaults().withTriggers(mode)));

    // Then
    assertThat(both).containsExactly("coinflip-begin");
  }

  @Test
  void aCarrierOfOursKeepsItsPlaceInItsLogAcrossPlans() {
    // Given
    Options carried = Options.defaults().withPubsub(new Pubsub.Kubernetes());

    // When
    Set<String> first = names(CoinFlip.with(List.of(heads("coin"))), carried);
    Set<String> second = names(CoinFlip.with(List.of(heads("other-coin"))), carried);

    // Then
    assertThat(first).isEqualTo(second);
  }

  private static Rule heads(String type) {
    return new Rule.Start(on(type, Map.of(), false), "coinflip", "heads");
  }

  private static Set<String> names(Plan plan, Options options) {
    return Subscriptions.of(plan, options).stream()
        .map(Trigger::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Filter> filtersOfHeads(Rule rule) {
    Plan plan = CoinFlip.with(List.of(rule));
    return Subscriptions.of(plan, PER_RULE).stream()
        .filter(trigger -> trigger.name().equals(plan.id() + "-start-heads"))
        .map(Trigger::filter)
        .toList();
  }

  private static EventFilter on(String type, Map<String, String> attributes, boolean external) {
    return new EventFilter(type, new TreeMap<>(attributes), external);
  }
}
