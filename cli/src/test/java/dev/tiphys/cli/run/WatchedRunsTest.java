package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchedRunsTest {
  @Test
  void aRunHasItsKeyBeforeAnybodyHearsOfIt() {
    // Given
    InMemoryKeys keys = new InMemoryKeys(new Random(1));
    AtomicBoolean signs = new AtomicBoolean();
    WatchedRuns runs =
        new WatchedRuns(
            new InMemoryRuns(),
            keys,
            new BegunRuns(InstantSource.system(), false),
            run -> signs.set(keys.of(run.name()).isPresent()));

    // When
    runs.begin(run("coin-1"));

    // Then
    assertThat(signs).isTrue();
  }

  private static Run run(String name) {
    Node root = new Node.Task("main", new TreeMap<>(), false, Phase.RUNNING, "");
    return Run.create(name, "coin", "coin-0", new TreeMap<>(), Instant.EPOCH, "main", root, null);
  }
}
