package dev.tiphys.functions.shell;

import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.shell.Settings.ClusterKind;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * A cluster, as the functions need it.
 *
 * @param answers whether it can be reached now
 */
record Cluster(Runs runs, Instances instances, Keys keys, BooleanSupplier answers) {
  static Cluster of(ClusterKind kind, InstantSource clock) {
    return switch (kind) {
      case MEMORY ->
          new Cluster(
              new InMemoryRuns(),
              new InMemoryInstances(clock),
              new InMemoryKeys(new SecureRandom()),
              () -> true);
    };
  }
}
