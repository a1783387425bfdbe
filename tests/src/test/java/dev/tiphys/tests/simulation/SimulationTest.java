package dev.tiphys.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
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

  private static Map<Phase, Integer> simulate(
      Plan plan, Map<String, Behaviour> behaviours, int seeds) {
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      try {
        Summary summary = new Simulation(plan, behaviours, seed).run(new Invariants());
        phases.merge(summary.phase(), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dsimulation.first=" + seed + ": " + e.getMessage(), e);
      }
    }
    return phases;
  }

  private static Plan example(String file) throws IOException {
    Path path = Path.of("..", "examples", file);
    Compiled<Plan> compiled = Compiler.compile(file, Files.readString(path));
    return Objects.requireNonNull(compiled.value(), () -> compiled.diagnostics().toString());
  }
}
