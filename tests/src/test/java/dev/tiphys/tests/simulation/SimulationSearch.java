package dev.tiphys.tests.simulation;

import dev.tiphys.tests.planted.SeedSearch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** Simulates scenarios; with whichever engine its class loader has. */
public final class SimulationSearch implements SeedSearch {
  private final SortedMap<String, Scenario> scenarios = Scenarios.all();

  @Override
  public List<String> scenarios() {
    return List.copyOf(scenarios.keySet());
  }

  @Override
  public Optional<String> find(String scenario, long first, int seeds) {
    Scenario searched = Objects.requireNonNull(scenarios.get(scenario), scenario);
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        new Simulation(searched, seed).run(new Invariants());
      } catch (AssertionError | RuntimeException e) {
        return Optional.of("%s, seed %d: %s".formatted(scenario, seed, e));
      }
    }
    return Optional.empty();
  }
}
