package dev.tiphys.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.Options;
import dev.tiphys.knative.TriggerMode;
import dev.tiphys.tests.simulation.SimulatedTask.Behaviour;
import dev.tiphys.triggers.plan.Plan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs each scenario under many seeds. A seed that fails is in the message; to repeat it alone:
 *
 * <pre>
 * mvn -pl tests -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsimulation.first=SEED -Dsimulation.seeds=1
 * </pre>
 *
 * and with {@code -Dsimulation.seeds=100000} alone, that many seeds are tried.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("simulation.first", 0);
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);

  /** The other scenarios take longer, and share most of their code with the first. */
  private static final int FEWER_SEEDS = Math.max(1, SEEDS / 5);

  /** Variants of what the others show already. */
  private static final int FEW_SEEDS = Math.max(1, SEEDS / 20);

  /** Each is as long as a hundred of the others. */
  private static final int FOLDING_SEEDS = Math.max(1, SEEDS / 500);

  private static final Behaviour COIN =
      new Behaviour(Scenarios.ENDLESS, List.of("heads", "tails"), 0);

  @Test
  void theCoinFlipSucceedsWhateverHappensToItsEvents() {
    // Given
    Plan plan = Scenarios.example("coinflip.yaml");
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("flip-coin", COIN), SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, SEEDS));
  }

  @Test
  void aFailingTaskFailsTheRunAndTheEndlessOneIsStoppedAllTheSame() {
    // Given
    Plan plan = Scenarios.example("coinflip.yaml");
    Behaviour clumsy = new Behaviour(1, List.of("line"), 0.5);
    // When
    Map<Phase, Integer> phases =
        simulate(plan, Map.of("flip-coin", COIN, "heads", clumsy), FEWER_SEEDS);
    // Then
    assertThat(phases).containsKeys(Phase.FAILED);
  }

  @Test
  void aChainOfEmittersComesToItsEnd() {
    // Given
    Plan plan = Scenarios.example("chain.yaml");
    Behaviour shop = new Behaviour(8, List.of("books", "bread"), 0);
    Behaviour pack = new Behaviour(2, List.of("parcel"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("shop", shop, "pack", pack), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @Test
  void twoListenersEachAccountForEveryEvent() {
    // Given
    Plan plan = Scenarios.example("fan-out.yaml");
    Behaviour measure = new Behaviour(15, List.of("18", "20", "23"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forbid", "Replace"})
  void aConcurrencyPolicyLosesNoEvent(String policy) {
    // Given
    Plan plan = Scenarios.policy(policy);
    // When
    Map<Phase, Integer> phases = simulate(plan, Scenarios.SHOP, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void theLimitOfTheWholeRunIsKept() {
    // Given
    Plan plan = Scenarios.chain("entrypoint: main", "parallelism: 2\n  entrypoint: main");
    // When
    Map<Phase, Integer> phases = simulate(plan, Scenarios.SHOP, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aStepThatMayFailComesToItsEnd() {
    // Given
    Plan plan =
        Scenarios.chain(
            "            template: pack",
            "            template: pack\n            continueOn: {failed: true}");
    Map<String, Behaviour> clumsy =
        Map.of(
            "shop", new Behaviour(8, List.of("books"), 0),
            "pack", new Behaviour(2, List.of("parcel"), 0.5));
    // When
    Map<Phase, Integer> phases = simulate(plan, clumsy, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void oldInstancesAreFoldedAndNothingIsForgotten() {
    // Given: more orders than ended instances are kept
    Plan plan = Scenarios.chain("", "");
    Map<String, Behaviour> busy =
        Map.of(
            "shop", new Behaviour(130, List.of("books"), 0),
            "pack", new Behaviour(1, List.of("parcel"), 0));
    // When
    Map<Phase, Integer> phases = simulate(plan, busy, FOLDING_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FOLDING_SEEDS));
  }

  @Test
  void aStepThatIsArmedLateAndStoppedFromOutsideComesToItsEnd() {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.nested(), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void eachOrderFromOutsideHasOneOutcomeWhateverStopsOvertakeIt() {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.orders(), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aFloodFromOutsideIsRememberedOrRefused() {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.flood(), FEW_SEEDS);
    // Then
    assertThat(phases.values()).containsOnly(FEW_SEEDS);
  }

  @Test
  void eachRunGoesByItsOwnPlan() {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.versions(), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void podsThatGoFailTheirRunOrLoseNothing() {
    // Given
    Scenario scenario = Scenario.of(Scenarios.chain("", ""), Scenarios.SHOP).wherePodsGo(0.15);
    // When
    Map<Phase, Integer> phases = simulate(scenario, FEW_SEEDS);
    // Then
    assertThat(phases).containsOnlyKeys(Phase.SUCCEEDED, Phase.FAILED);
  }

  @Test
  void aStepThatTakesNoneOfTheEventsComesToItsEndWhereEachRuleHasATrigger() {
    // Given
    Plan plan =
        Scenarios.chain(
            "metadata: {name: ordered}", "metadata: {name: ordered, selector: {to: me}}");
    Options perRule = Options.defaults().withTriggers(TriggerMode.PER_RULE);
    // When
    Map<Phase, Integer> phases =
        simulate(Scenario.of(plan, Scenarios.SHOP).with(perRule), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aJoinOfOutputAndSuccessStartsTheNextTask() {
    // Given
    Plan plan = Scenarios.example("join.yaml");
    Behaviour measure = new Behaviour(3, List.of("21.5"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inPlace", "restart"})
  void aTaskIsUpdatedUntilItIsStopped(String strategy) {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.ui(strategy, 30), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void windowsHaveEachEventOnce() {
    // Given
    Plan plan = Scenarios.example("window.yaml");
    Behaviour measure = new Behaviour(25, List.of("18", "20", "23"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @Test
  void joinsAndWindowsThatFeedEachOtherHaveEachEventOnce() {
    // When
    Map<Phase, Integer> phases = simulate(Scenarios.gathering(12, 30), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  private static Map<Phase, Integer> simulate(
      Plan plan, Map<String, Behaviour> behaviours, int seeds) {
    return simulate(Scenario.of(plan, behaviours), seeds);
  }

  private static Map<Phase, Integer> simulate(Scenario scenario, int seeds) {
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      try {
        Summary summary = new Simulation(scenario, seed).run(new Invariants());
        phases.merge(summary.phase(), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dsimulation.first=" + seed + ": " + e.getMessage(), e);
      }
    }
    return phases;
  }
}
