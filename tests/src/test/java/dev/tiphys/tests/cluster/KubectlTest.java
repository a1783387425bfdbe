package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.event.EventTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With nothing but {@code tiphys compile}, {@code kubectl} and plain HTTP. */
@ClusterTest
class KubectlTest {
  /**
   * Posts one event again and again: Knative calls a Trigger ready shortly before it passes events
   * on, and an event that comes again begins no second run.
   */
  private static final String POST =
      "for n in $(seq 10); do wget -q -O - --post-data '{}' --header 'ce-specversion: 1.0'"
          + " --header 'ce-id: by-hand' --header 'ce-source: /me' --header 'ce-type: "
          + EventTypes.RUN_BEGIN
          + "' --header 'content-type: application/json' BROKER; sleep 1; done";

  @Test
  void runsWhatWasAppliedWhenTheBeginEventIsPosted() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("kubectl")) {
      // Given
      Deployed tiphys = new Deployed(namespace);
      Command.Outcome compiled = Cli.run("compile", "../examples/coinflip.yaml");
      assertThat(compiled.exitCode()).as(compiled.output()).isZero();
      kubectl(namespace, compiled.output(), "apply", "-f", "-");
      kubectl(namespace, "", "wait", "--for=condition=Ready", "--timeout=90s", "--all", "broker");
      kubectl(namespace, "", "wait", "--for=condition=Ready", "--timeout=90s", "--all", "triggers");

      // When
      String post = POST.replace("BROKER", address(namespace));
      kubectl(
          namespace,
          "",
          "run",
          "me",
          "--image=alpine:3.6",
          "--restart=Never",
          "--",
          "sh",
          "-c",
          post);
      Wait.until("a run", () -> !namespace.runs().isEmpty());
      String run = namespace.runs().getFirst().getMetadata().getName();
      tiphys.end(run);
      kubectl(
          namespace,
          "",
          "wait",
          "--for=jsonpath={.status.phase}=Succeeded",
          "--timeout=90s",
          "pod/me");

      // Then
      assertThat(namespace.runs())
          .extracting((WorkflowRun it) -> it.getMetadata().getName())
          .containsExactly(run);
      assertThat(kubectl(namespace, "", "get", "workflowruns"))
          .containsPattern(run + "\\s+coinflip-recursive\\s+Succeeded\\s+flip-coin 1 stopped");
    }
  }

  @Test
  void isAPluginByItsName(@TempDir Path onThePath) throws Exception {
    // Given
    Path tiphys = Path.of("..", "tiphys").toAbsolutePath().normalize();
    Files.createSymbolicLink(onThePath.resolve("kubectl-tiphys"), tiphys);
    ProcessBuilder plugin = new ProcessBuilder("kubectl", "tiphys", "version");
    plugin.environment().put("PATH", onThePath + ":" + System.getenv("PATH"));

    // When
    String output = output(plugin, "");

    // Then
    assertThat(output).contains("tiphys ");
  }

  private static String address(TestNamespace namespace) throws Exception {
    return kubectl(
        namespace,
        "",
        "get",
        "broker",
        "coinflip-recursive",
        "-o",
        "jsonpath={.status.address.url}");
  }

  private static String kubectl(TestNamespace namespace, String input, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", namespace.name()));
    command.addAll(List.of(arguments));
    return output(new ProcessBuilder(command), input);
  }

  private static String output(ProcessBuilder command, String input) throws Exception {
    Command.Outcome outcome = Command.run(command, input);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }
}
