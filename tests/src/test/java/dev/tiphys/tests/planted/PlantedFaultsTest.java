package dev.tiphys.tests.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Says whether the simulation would notice a fault of the engine: each one of a list is planted in
 * a copy, and has to be found. See docs/simulation.md.
 */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {
  private static final long FIRST = Long.getLong("simulation.first", 0);

  /** In the scenario that shows the fault soonest. */
  private static final int SEEDS = Integer.getInteger("planted.seeds", 40);

  /** In each of the other ones, when that has shown nothing. */
  private static final int SEEDS_ELSEWHERE = Math.max(1, SEEDS / 6);

  /** Where there is no fault. */
  private static final int SEEDS_OF_NONE = Math.max(1, SEEDS / 8);

  static List<EngineFault> faults() {
    return EngineFault.list();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @Timeout(300)
  void theSimulationFinds(EngineFault fault) throws IOException, ReflectiveOperationException {
    // Given
    SeedSearch search = fault.planted();
    // When
    Optional<String> finding =
        search
            .find(fault.scenario(), FIRST, SEEDS)
            .or(
                () ->
                    search.scenarios().stream()
                        .flatMap(other -> search.find(other, FIRST, SEEDS_ELSEWHERE).stream())
                        .findFirst());
    // Then
    assertThat(finding).as("found: %s", fault).isPresent();
  }

  static Stream<Arguments> scenarios() throws IOException, ReflectiveOperationException {
    SeedSearch search = EngineFault.none();
    return search.scenarios().stream().map(scenario -> Arguments.of(scenario, search));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void withoutAFaultNothingIsFound(String scenario, SeedSearch search) {
    // When
    Optional<String> finding = search.find(scenario, FIRST, SEEDS_OF_NONE);
    // Then
    assertThat(finding).isEmpty();
  }

  @Test
  void theListIsLongEnough() {
    assertThat(faults()).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
  }
}
