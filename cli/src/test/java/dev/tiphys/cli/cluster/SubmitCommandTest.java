package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {
  /** Whoever opens a cluster is told that there is no such file. */
  private static final String NO_CLUSTER = "--kubeconfig=/nowhere";

  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: hello-}
      spec:
        entrypoint: ENTRYPOINT
        templates:
          - name: hello
            container: {image: alpine, command: [echo]}
      """;

  @TempDir private Path folder;

  @Test
  void tellsAMistakeInTheFileBeforeItAsksForACluster() throws IOException {
    // Given
    String file = file("nobody");

    // When
    Call call = Call.tiphys("submit", file, NO_CLUSTER);

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("nobody").doesNotContain("/nowhere");
  }

  @Test
  void tellsAMistakeInAParameterBeforeItAsksForACluster() throws IOException {
    // Given
    String file = file("hello");

    // When
    Call call = Call.tiphys("submit", file, NO_CLUSTER, "-p", "whom=me");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("whom").doesNotContain("/nowhere");
  }

  @Test
  void asksForAClusterWithAFileThatIsRight() throws IOException {
    // Given
    String file = file("hello");

    // When
    Call call = Call.tiphys("submit", file, NO_CLUSTER);

    // Then
    assertThat(call.err()).contains("/nowhere");
  }

  private String file(String entrypoint) throws IOException {
    return Files.writeString(
            folder.resolve("hello.yaml"), WORKFLOW.replace("ENTRYPOINT", entrypoint))
        .toString();
  }
}
