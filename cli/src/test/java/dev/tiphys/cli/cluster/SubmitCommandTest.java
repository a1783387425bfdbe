package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import io.fabric8.knative.eventing.v1.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "MTChannelBasedBroker, --broker-class=Kafka, Kafka",
    "Kafka, --triggers=per-rule, MTChannelBasedBroker"
  })
  @DisplayName("E6: a Broker of another class is told with the way out, and nothing is changed")
  void e6TellsABrokerOfAnotherClass(String there, String option, String wanted) throws IOException {
    try (FakeCluster cluster = new FakeCluster(folder).install()) {
      // Given
      cluster.create(
          new BrokerBuilder()
              .withNewMetadata()
              .withName("hello")
              .addToAnnotations("eventing.knative.dev/broker.class", there)
              .endMetadata()
              .build());

      // When
      Call call = cluster.tiphys("submit", file("hello"), option);

      // Then
      assertThat(call.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(call.err())
          .contains("Broker hello is of class " + there)
          .contains("no Broker can become one of class " + wanted)
          .contains("--broker-class=" + there, "tiphys uninstall hello");
      assertThat(cluster.client.resources(Trigger.class).inAnyNamespace().list().getItems())
          .isEmpty();
    }
  }

  private String file(String entrypoint) throws IOException {
    return Files.writeString(
            folder.resolve("hello.yaml"), WORKFLOW.replace("ENTRYPOINT", entrypoint))
        .toString();
  }
}
