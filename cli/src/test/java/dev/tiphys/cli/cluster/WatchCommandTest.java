package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.run.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("E8: the refusal of a pod ends with what to do, also where a run is watched")
  void e8ShowsTheHintOfARefusal() throws Exception {
    try (FakeCluster cluster = new FakeCluster(folder).install()) {
      // Given
      String run = cluster.begin(cluster.deploy("external.yaml"), "1", "shop");
      String refusal =
          "pod p is refused: violates PodSecurity \"restricted:latest\": "
              + "(container \"main\" must set securityContext), ".repeat(20)
              + "compile with --logs=api";
      cluster.end(run, Phase.ERROR, refusal);

      // When
      Call call = cluster.tiphys("watch", run);

      // Then
      assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(call.out()).endsWith(refusal + "\n");
    }
  }
}
