package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.TiphysCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Types and labels that are not plain ASCII words start what listens for them. */
class EventTextRunTest {
  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: lab}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps: [[{name: speak, template: speak}], [{name: greet, template: greet}]]
          - name: speak
            container: {image: alpine, command: [sh, -c, "echo Argo; echo Knative"]}
            sidecars: [{name: w, image: tiphys/stdoutwatcher, parameters: {name: 'TYPE', labels: {note: 'NOTE'}}}]
          - name: greet
            inputs: {parameters: [{name: who, valueFrom: {eventParameter: {metadata: {kind: Event, name: 'TYPE', selector: {note: 'NOTE'}}, objectField: content, eventPolicy: create}}}]}
            container: {image: alpine, command: [echo, "hello {{inputs.parameters.who}}"]}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @DisplayName("C2: events of any type start their tasks")
  @ValueSource(strings = {"a%41b", "gr\u00f6\u00dfe"})
  void eventsOfAnyTypeStartTheirTasks(String type) throws Exception {
    assertThat(run(type, "plain")).contains("greet 2 succeeded");
  }

  @ParameterizedTest
  @DisplayName("C2: events with any label start their tasks")
  @ValueSource(strings = {"50%20off", "Z\u00fcrich", "two \"words\"", "\ud83d\ude00"})
  void eventsWithAnyLabelStartTheirTasks(String note) throws Exception {
    assertThat(run("said", note)).contains("greet 2 succeeded");
  }

  private String run(String type, String note) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("lab.yaml"), WORKFLOW.replace("TYPE", type).replace("NOTE", note));
    StringWriter out = new StringWriter();
    CommandLine tiphys = TiphysCommand.commandLine(Map.of());
    tiphys.setOut(new PrintWriter(out, true));
    tiphys.setErr(new PrintWriter(out, true));
    tiphys.execute("run", file.toString(), "--timeout", "60s");
    return out.toString();
  }
}
