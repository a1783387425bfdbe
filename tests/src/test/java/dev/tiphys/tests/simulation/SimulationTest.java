package dev.tiphys.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.knative.Options;
import dev.tiphys.knative.TriggerMode;
import dev.tiphys.tests.simulation.SimulatedTask.Behaviour;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final Map<String, Behaviour> SHOP =
      Map.of(
          "shop", new Behaviour(8, List.of("books", "bread"), 0),
          "pack", new Behaviour(2, List.of("parcel"), 0));

  /** More lines than a run lets a task write before it stops it. */
  private static final int ENDLESS = 1_000_000;

  private static final Behaviour COIN = new Behaviour(ENDLESS, List.of("heads", "tails"), 0);

  @Test
  void theCoinFlipSucceedsWhateverHappensToItsEvents() throws IOException {
    // Given
    Plan plan = example("coinflip.yaml");
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("flip-coin", COIN), SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, SEEDS));
  }

  @Test
  void aFailingTaskFailsTheRunAndTheEndlessOneIsStoppedAllTheSame() throws IOException {
    // Given
    Plan plan = example("coinflip.yaml");
    Behaviour clumsy = new Behaviour(1, List.of("line"), 0.5);
    // When
    Map<Phase, Integer> phases =
        simulate(plan, Map.of("flip-coin", COIN, "heads", clumsy), FEWER_SEEDS);
    // Then
    assertThat(phases).containsKeys(Phase.FAILED);
  }

  @Test
  void aChainOfEmittersComesToItsEnd() throws IOException {
    // Given
    Plan plan = example("chain.yaml");
    Behaviour shop = new Behaviour(8, List.of("books", "bread"), 0);
    Behaviour pack = new Behaviour(2, List.of("parcel"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("shop", shop, "pack", pack), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @Test
  void twoListenersEachAccountForEveryEvent() throws IOException {
    // Given
    Plan plan = example("fan-out.yaml");
    Behaviour measure = new Behaviour(15, List.of("18", "20", "23"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forbid", "Replace"})
  void aConcurrencyPolicyLosesNoEvent(String policy) throws IOException {
    // Given
    Plan plan =
        chain(
            "- name: pack\n      inputs",
            "- name: pack\n      concurrencyPolicy: " + policy + "\n      inputs");
    // When
    Map<Phase, Integer> phases = simulate(plan, SHOP, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void theLimitOfTheWholeRunIsKept() throws IOException {
    // Given
    Plan plan = chain("entrypoint: main", "parallelism: 2\n  entrypoint: main");
    // When
    Map<Phase, Integer> phases = simulate(plan, SHOP, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aStepThatMayFailComesToItsEnd() throws IOException {
    // Given
    Plan plan =
        chain(
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
  void oldInstancesAreFoldedAndNothingIsForgotten() throws IOException {
    // Given: more orders than ended instances are kept
    Plan plan = chain("", "");
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
  void aStepThatIsArmedLateAndStoppedFromOutsideComesToItsEnd() throws IOException {
    // Given
    Plan plan = compiled(Path.of("src", "test", "resources", "simulation", "nested.yaml"));
    // When
    Map<Phase, Integer> phases = simulate(plan, SHOP, FEW_SEEDS, "enough");
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aStepThatTakesNoneOfTheEventsComesToItsEndWhereEachRuleHasATrigger() throws IOException {
    // Given
    Plan plan = chain("metadata: {name: ordered}", "metadata: {name: ordered, selector: {to: me}}");
    Options perRule = Options.defaults().withTriggers(TriggerMode.PER_RULE);
    // When
    Map<Phase, Integer> phases = simulate(plan, perRule, SHOP, FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void aJoinOfOutputAndSuccessStartsTheNextTask() throws IOException {
    // Given
    Plan plan = example("join.yaml");
    Behaviour measure = new Behaviour(3, List.of("21.5"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inPlace", "restart"})
  void aTaskIsUpdatedUntilItIsStopped(String strategy) throws IOException {
    // Given
    String text = Files.readString(Path.of("..", "examples", "ui.yaml"));
    String policy = "eventPolicy: update";
    assertThat(text).contains(policy);
    Plan plan =
        compiled(
            "ui.yaml",
            text.replace(policy, policy + "\n                updateStrategy: " + strategy));
    Behaviour screen = new Behaviour(ENDLESS, List.of("shown"), 0);
    Behaviour train = new Behaviour(12, List.of("epoch"), 0);
    // When
    Map<Phase, Integer> phases =
        simulate(plan, Map.of("screen", screen, "train", train), FEW_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEW_SEEDS));
  }

  @Test
  void windowsHaveEachEventOnce() throws IOException {
    // Given
    Plan plan = example("window.yaml");
    Behaviour measure = new Behaviour(25, List.of("18", "20", "23"), 0);
    // When
    Map<Phase, Integer> phases = simulate(plan, Map.of("measure", measure), FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  @Test
  void joinsAndWindowsThatFeedEachOtherHaveEachEventOnce() throws IOException {
    // Given
    Plan plan = compiled(Path.of("src", "test", "resources", "simulation", "gathering.yaml"));
    Map<String, Behaviour> behaviours =
        Map.of(
            "shop", new Behaviour(12, List.of("books", "bread", "boots"), 0),
            "bank", new Behaviour(9, List.of("books", "bread", "boots"), 0),
            "ship", new Behaviour(2, List.of("parcel"), 0));
    // When
    Map<Phase, Integer> phases = simulate(plan, behaviours, FEWER_SEEDS);
    // Then
    assertThat(phases).containsExactly(Map.entry(Phase.SUCCEEDED, FEWER_SEEDS));
  }

  private static Map<Phase, Integer> simulate(
      Plan plan, Map<String, Behaviour> behaviours, int seeds, String... fromOutside) {
    return simulate(plan, Options.defaults(), behaviours, seeds, fromOutside);
  }

  private static Map<Phase, Integer> simulate(
      Plan plan,
      Options options,
      Map<String, Behaviour> behaviours,
      int seeds,
      String... fromOutside) {
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      try {
        Simulation simulation = new Simulation(plan, options, behaviours, seed);
        List.of(fromOutside).forEach(simulation::publishFromOutside);
        Summary summary = simulation.run(new Invariants());
        phases.merge(summary.phase(), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dsimulation.first=" + seed + ": " + e.getMessage(), e);
      }
    }
    return phases;
  }

  private static Plan example(String file) throws IOException {
    return compiled(Path.of("..", "examples", file));
  }

  /** The chain, with one of its pieces replaced. */
  private static Plan chain(String piece, String replacement) throws IOException {
    String text = Files.readString(Path.of("..", "examples", "chain.yaml"));
    assertThat(text).contains(piece);
    return compiled("chain.yaml", text.replace(piece, replacement));
  }

  private static Plan compiled(Path path) throws IOException {
    return compiled(path.getFileName().toString(), Files.readString(path));
  }

  private static Plan compiled(String name, String text) {
    Compiled<Plan> compiled = Compiler.compile(name, text);
    return Objects.requireNonNull(compiled.value(), () -> compiled.diagnostics().toString());
  }
}
