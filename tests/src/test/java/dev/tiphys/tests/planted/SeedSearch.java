package dev.tiphys.tests.planted;

import java.util.List;
import java.util.Optional;

/** Looks for a seed under which something does not hold. */
public interface SeedSearch {
  /** Names of what can be searched. */
  List<String> scenarios();

  /**
   * The first finding.
   *
   * @return with its seed; empty if all held
   */
  Optional<String> find(String scenario, long first, int seeds);
}
