package dev.tiphys.functions.port;

import dev.tiphys.triggers.plan.Plan;
import java.util.Optional;

/** The deployed plans. On a cluster these are objects of the kind Plan. */
public interface Plans {
  /**
   * The plan of that id.
   *
   * @throws Refused if it is there and cannot be used
   */
  Optional<Plan> find(String id);

  /**
   * Whether events of its runs reach the functions, although another plan of its workflow was
   * applied after it.
   *
   * @throws Unavailable if that cannot be told now
   */
  default boolean served(String id) {
    return true;
  }
}
