package dev.tiphys.tests.cluster;

import dev.tiphys.tests.Workflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of ours holds a namespace up that somebody deletes. */
@ClusterTest
class NamespaceDeletionTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** With a shop that takes SIGTERM well: how long a task takes to end is not ours. */
  private static final String YAML =
      Workflows.BAKERY.replace(
          "[sleep, \"36000\"]", "[sh, -c, \"trap 'exit 0' TERM; sleep 36000 & wait\"]");

  @TempDir Path folder;

  @Test
  @DisplayName("E3: a namespace with an active run is gone within a minute")
  void aNamespaceWithAnActiveRunIsGoneWithinAMinute() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("deleted")) {
      // Given
      Deployed tiphys = new Deployed(namespace);
      String run = tiphys.submit(Files.writeString(folder.resolve("bakery.yaml"), YAML));
      Wait.until("the shop is open", () -> tiphys.running(run, "shop"));

      // When
      namespace.delete();

      // Then
      Wait.until("it is gone", A_MINUTE, namespace::gone, namespace::livePods);
    }
  }
}
