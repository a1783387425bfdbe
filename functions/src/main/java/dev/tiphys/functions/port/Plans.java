package dev.tiphys.functions.port;

import dev.tiphys.triggers.plan.Plan;
import java.util.Optional;

/** The deployed plans. On a cluster these are immutable ConfigMaps. */
public interface Plans {
  /** The plan of that id. */
  Optional<Plan> find(String id);
}
